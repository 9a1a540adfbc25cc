// Verdict: wrong
// Says: ctx has ended, and Read returns the error "read pipe: i/o timeout", not that of ctx: "context canceled"

package listen

import (
	"context"
	"net"
	"time"
)

func Read(ctx context.Context, conn net.Conn, b []byte) (int, error) { // here
	stop := context.AfterFunc(ctx, func() { conn.SetReadDeadline(time.Now()) })
	n, err := conn.Read(b)
	if !stop() {
		conn.SetReadDeadline(time.Time{})
	}
	return n, err
}
