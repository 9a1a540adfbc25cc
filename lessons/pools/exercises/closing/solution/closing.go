// Package closing is a pool that hands out its results.
package closing

import (
	"context"
	"sync"
)

// Results does all jobs, at most size of them at a time. It
// returns at once, with a channel that gives the results in
// any order and is closed after the last.
//
// When ctx ends, no other job begins. The channel is closed
// when the jobs under way are done, even if nobody receives
// any more. do takes its time and cannot be interrupted.
func Results(ctx context.Context, jobs []string, size int,
	do func(job string) string) <-chan string {
	queue, results := make(chan string), make(chan string)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(queue)
		for _, job := range jobs {
			if ctx.Err() != nil {
				return // a select takes either case if both are ready
			}
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
