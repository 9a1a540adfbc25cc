// Verdict: wrong
// Says: At 2s Read returns the error "read pipe: i/o timeout", but "again" comes at 3s

package listen

import (
	"context"
	"net"
	"time"
)

func Read(ctx context.Context, conn net.Conn, b []byte) (int, error) { // here
	context.AfterFunc(ctx, func() { conn.SetReadDeadline(time.Now()) })
	n, err := conn.Read(b)
	if ctx.Err() != nil {
		conn.SetReadDeadline(time.Time{})
		return n, ctx.Err()
	}
	return n, err
}
