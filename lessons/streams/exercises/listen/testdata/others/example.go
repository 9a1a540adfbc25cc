package listen

import (
	"context"
	"net"
	"time"
)

// As in the documentation of context.
func Read(ctx context.Context, conn net.Conn, b []byte) (n int, err error) {
	stopc := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		conn.SetReadDeadline(time.Now())
		close(stopc)
	})
	n, err = conn.Read(b)
	if !stop() {
		<-stopc
		conn.SetReadDeadline(time.Time{})
		return n, ctx.Err()
	}
	return n, err
}
