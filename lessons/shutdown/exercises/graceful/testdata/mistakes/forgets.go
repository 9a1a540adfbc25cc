// Verdict: wrong
// Says: Serve returns after 3s, and the end of client 2 is still under way

package graceful

import (
	"context"
	"net"
	"sync"
	"time"
)

func Serve(ctx context.Context, l net.Listener, limit time.Duration, handle func(context.Context, net.Conn)) {
	context.AfterFunc(ctx, func() { l.Close() })
	handlers, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	var wg sync.WaitGroup
	for {
		conn, err := l.Accept()
		if err != nil {
			break
		}
		wg.Go(func() {
			defer conn.Close()
			handle(handlers, conn) // here
		})
	}
	served := make(chan struct{})
	go func() {
		wg.Wait()
		close(served)
	}()
	select {
	case <-served:
	case <-time.After(limit):
		cancel()
	}
}
