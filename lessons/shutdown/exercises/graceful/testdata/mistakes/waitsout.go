// Verdict: slow
// Says: Serve takes 11s, and could take 3s

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
	time.Sleep(limit)
	cancel()
	wg.Wait()
}
