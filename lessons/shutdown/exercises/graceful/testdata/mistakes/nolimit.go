// Verdict: slow
// Says: Serve takes 1h0m0s, and could take 3.5s

package graceful

import (
	"context"
	"net"
	"sync"
	"time"
)

func Serve(ctx context.Context, l net.Listener, limit time.Duration, handle func(context.Context, net.Conn)) { // here
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
			handle(handlers, conn)
		})
	}
	wg.Wait()
}
