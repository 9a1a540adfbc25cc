// Verdict: wrong
// Says: At 1s Read returns the error "read pipe: i/o timeout", but "hello" comes at 3s, and this ctx has not ended

package listen

import (
	"context"
	"net"
	"time"
)

func Read(ctx context.Context, conn net.Conn, b []byte) (int, error) { // here
	stop := context.AfterFunc(ctx, func() { conn.SetReadDeadline(time.Now()) })
	defer stop()
	n, err := conn.Read(b)
	if ctx.Err() != nil {
		return n, ctx.Err()
	}
	return n, err
}
