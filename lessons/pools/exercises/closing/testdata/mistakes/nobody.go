// Verdict: wrong
// Says: the channel is never closed, and gives no more after 3 of 3 results

package closing

import "context"

func Results(ctx context.Context, jobs []string, size int, // here
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
			for job := range queue {
				select {
				case results <- do(job):
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	return results
}
