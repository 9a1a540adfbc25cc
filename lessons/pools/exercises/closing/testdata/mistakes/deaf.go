// Verdict: wrong
// Says: Results begins 6 jobs, but ctx ended when 4 had begun

package closing

import (
	"context"
	"sync"
)

func Results(ctx context.Context, jobs []string, size int, // here
	do func(job string) string) <-chan string {
	queue := make(chan string)
	results := make(chan string, len(jobs))
	go func() {
		defer close(queue)
		for _, job := range jobs {
			queue <- job
		}
	}()
	var wg sync.WaitGroup
	for range size {
		wg.Go(func() {
			for job := range queue {
				results <- do(job)
			}
		})
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	return results
}
