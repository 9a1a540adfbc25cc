// Verdict: wrong
// Says: Serve returns after 1s, and client 1 is still under way

package graceful

import (
	"context"
	"net"
	"time"
)

func Serve(ctx context.Context, l net.Listener, limit time.Duration, handle func(context.Context, net.Conn)) {
	context.AfterFunc(ctx, func() { l.Close() })
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			handle(context.WithoutCancel(ctx), conn) // here
		}()
	}
}
