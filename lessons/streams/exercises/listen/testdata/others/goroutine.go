package listen

import (
	"context"
	"net"
	"sync"
	"time"
)

func Read(ctx context.Context, conn net.Conn, b []byte) (int, error) {
	read := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		select {
		case <-ctx.Done():
			conn.SetReadDeadline(time.Unix(1, 0))
		case <-read:
		}
	})
	n, err := conn.Read(b)
	close(read)
	wg.Wait()
	conn.SetReadDeadline(time.Time{})
	if n == 0 && ctx.Err() != nil {
		return 0, ctx.Err()
	}
	return n, err
}
