// Verdict: wrong
// Says: At 5s Read returns "again", but "hello" came at 3s: somebody else has read it

package listen

import (
	"context"
	"net"
)

func Read(ctx context.Context, conn net.Conn, b []byte) (int, error) { // here
	type result struct {
		n   int
		err error
	}
	read := make(chan result, 1)
	go func() {
		n, err := conn.Read(b)
		read <- result{n, err}
	}()
	select {
	case r := <-read:
		return r.n, r.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
