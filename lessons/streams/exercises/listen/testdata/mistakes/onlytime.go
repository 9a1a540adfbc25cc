// Verdict: wrong
// Says: ctx ends at 1s, and Read returns at 3s

package listen

import (
	"context"
	"net"
	"time"
)

func Read(ctx context.Context, conn net.Conn, b []byte) (int, error) { // here
	if end, ok := ctx.Deadline(); ok {
		conn.SetReadDeadline(end)
		defer conn.SetReadDeadline(time.Time{})
	}
	n, err := conn.Read(b)
	if ctx.Err() != nil {
		return n, ctx.Err()
	}
	return n, err
}
