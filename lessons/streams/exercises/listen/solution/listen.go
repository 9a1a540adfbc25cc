// Package listen reads from a connection until a ctx ends.
package listen

import (
	"context"
	"net"
	"time"
)

// Read reads from conn into b, as conn.Read does. When ctx
// ends before anything has come, it returns at once, with
// the error of ctx, and conn can be read from as before.
// Nobody else reads from conn, or sets a deadline for that.
func Read(ctx context.Context, conn net.Conn,
	b []byte) (int, error) {
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		conn.SetReadDeadline(time.Now())
	})
	n, err := conn.Read(b)
	if stop() {
		return n, err
	}
	<-ended // or the deadline might be set after this
	conn.SetReadDeadline(time.Time{})
	if n > 0 {
		return n, nil
	}
	return n, ctx.Err()
}
