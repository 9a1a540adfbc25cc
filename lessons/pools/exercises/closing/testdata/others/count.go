package closing

import (
	"context"
	"sync/atomic"
)

func Results(ctx context.Context, jobs []string, size int,
	do func(job string) string) <-chan string {
	out := make(chan string, len(jobs))
	var next, busy atomic.Int64
	busy.Store(int64(size))
	for range size {
		go func() {
			defer func() {
				if busy.Add(-1) == 0 {
					close(out)
				}
			}()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(jobs) {
					return
				}
				out <- do(jobs[i])
			}
		}()
	}
	return out
}
