// Package graceful is a server that ends in good order.
package graceful

import (
	"context"
	"net"
	"sync"
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
	handlers, cancel := context.WithCancel(
		context.WithoutCancel(ctx))
	defer cancel()
	var wg sync.WaitGroup
	for {
		conn, err := l.Accept()
		if err != nil {
			break // l is closed
		}
		wg.Go(func() {
			defer conn.Close()
			handle(handlers, conn)
		})
	}
	force := time.AfterFunc(limit, cancel)
	defer force.Stop()
	wg.Wait()
}
