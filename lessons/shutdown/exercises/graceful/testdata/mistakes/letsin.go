// Verdict: wrong
// Says: client 2 comes at 2s, and is let in; ctx ends at 1s

package graceful

import (
	"context"
	"net"
	"sync"
	"time"
)

func Serve(ctx context.Context, l net.Listener, limit time.Duration, handle func(context.Context, net.Conn)) { // here
	handlers, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	var wg sync.WaitGroup
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			wg.Add(1)
			go func() {
				defer wg.Done()
				defer conn.Close()
				handle(handlers, conn)
			}()
		}
	}()
	<-ctx.Done()
	force := time.AfterFunc(limit, cancel)
	defer force.Stop()
	wg.Wait()
	l.Close()
}
