// Verdict: leak
// Says: 2 goroutines are left over that wait to send on a channel for ever

package closing

import (
	"context"
	"sync"
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
	var wg sync.WaitGroup
	for range size {
		wg.Go(func() {
			for job := range queue {
				results <- do(job) // here
			}
		})
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	return results
}
