// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: At 1s Read returns the error

package listen

import (
	"context"
	"net"
	"time"
)

func Read(ctx context.Context, conn net.Conn, b []byte) (int, error) { // here
	stop := context.AfterFunc(ctx, func() { conn.SetReadDeadline(time.Now()) })
	n, err := conn.Read(b)
	if stop() {
		return n, err
	}
	conn.SetReadDeadline(time.Time{})
	if n > 0 {
		return n, nil
	}
	return n, ctx.Err()
}
