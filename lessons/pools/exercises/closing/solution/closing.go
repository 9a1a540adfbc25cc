// Package closing is a pool that tells when it is done.
package closing

import (
	"context"
	"sync"
)

// Results does the jobs in a pool of that size. It returns
// at once a channel from which the results can be received,
// in any order. The channel is closed after the last one.
//
// When ctx ends, no other job begins. The channel is closed
// when those under way are done, whether or not anybody
// still receives. do cannot be interrupted.
func Results(ctx context.Context, jobs []string, size int,
	do func(job string) string) <-chan string {
	queue, results := make(chan string), make(chan string)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(queue)
		for _, job := range jobs {
			select {
			case queue <- job:
			case <-ctx.Done():
				return
			}
		}
	})
	for range size {
		wg.Go(func() {
			for job := range queue {
				result := do(job)
				select {
				case results <- result:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	return results
}
