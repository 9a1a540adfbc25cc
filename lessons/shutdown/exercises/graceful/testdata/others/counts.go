package graceful

import (
	"context"
	"net"
	"time"
)

func Serve(ctx context.Context, l net.Listener, limit time.Duration, handle func(context.Context, net.Conn)) {
	go func() {
		<-ctx.Done()
		l.Close()
	}()
	handlers, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan struct{})
	served := 0
	for conn, err := l.Accept(); err == nil; conn, err = l.Accept() {
		served++
		go func() {
			handle(handlers, conn)
			conn.Close()
			ended <- struct{}{}
		}()
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for served > 0 {
		select {
		case <-ended:
			served--
		case <-timer.C:
			cancel()
		}
	}
}
