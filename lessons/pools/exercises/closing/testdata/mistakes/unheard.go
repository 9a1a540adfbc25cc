// Verdict: leak
// Says: 2 goroutines are left over that wait to send on a channel for ever

package closing

import (
	"context"
	"sync/atomic"
)

func Results(ctx context.Context, jobs []string, size int,
	do func(job string) string) <-chan string {
	queue, results := make(chan string), make(chan string)
	go func() {
		defer close(queue)
		for _, job := range jobs {
			select {
			case queue <- job:
			case <-ctx.Done():
				return
			}
		}
	}()
	var workers atomic.Int64
	workers.Store(int64(size))
	for range size {
		go func() {
			for job := range queue {
				results <- do(job) // here
			}
			if workers.Add(-1) == 0 {
				close(results)
			}
		}()
	}
	return results
}
