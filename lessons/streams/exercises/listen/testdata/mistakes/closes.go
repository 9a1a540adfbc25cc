// Verdict: wrong
// Says: At 1s Read returns the error "io: read/write on closed pipe"

package listen

import (
	"context"
	"net"
)

func Read(ctx context.Context, conn net.Conn, b []byte) (int, error) { // here
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	n, err := conn.Read(b)
	if ctx.Err() != nil {
		return n, ctx.Err()
	}
	return n, err
}
