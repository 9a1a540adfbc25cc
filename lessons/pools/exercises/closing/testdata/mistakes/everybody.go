// Verdict: panic
// Says: panic: send on closed channel

package closing

import "context"

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
	for range size {
		go func() {
			defer close(results)
			for job := range queue {
				result := do(job)
				select { // here
				case results <- result:
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	return results
}
