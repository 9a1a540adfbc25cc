// Verdict: deadlock
// Says: nobody can go on: here Results waits to send on a channel, and 2 goroutines wait to send on a channel at line 17

package closing

import (
	"context"
	"sync"
)

func Results(ctx context.Context, jobs []string, size int, do func(job string) string) <-chan string {
	queue, results := make(chan string), make(chan string)
	var wg sync.WaitGroup
	for range size {
		wg.Go(func() {
			for job := range queue {
				results <- do(job)
			}
		})
	}
	for _, job := range jobs {
		queue <- job // here
	}
	close(queue)
	wg.Wait()
	close(results)
	return results
}
