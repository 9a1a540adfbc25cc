// Verdict: wrong
// Says: is told to stop at 1s, but ctx ends at 1s, and the limit is 10s

package graceful

import (
	"context"
	"net"
	"sync"
	"time"
)

func Serve(ctx context.Context, l net.Listener, limit time.Duration, handle func(context.Context, net.Conn)) { // here
	context.AfterFunc(ctx, func() { l.Close() })
	var wg sync.WaitGroup
	for {
		conn, err := l.Accept()
		if err != nil {
			break
		}
		wg.Go(func() {
			defer conn.Close()
			handle(ctx, conn)
		})
	}
	wg.Wait()
}
