// Verdict: panic
// Says: panic: send on closed channel

package feed

import "sync"

func Run(next func() (job string, ok bool), workers int, do func(job string) string, save func(result string)) {
	queue, results := make(chan string), make(chan string)
	go func() {
		defer close(results)
		defer close(queue)
		for job, ok := next(); ok; job, ok = next() {
			queue <- job
		}
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range queue {
				results <- do(job) // here
			}
		})
	}
	for result := range results {
		save(result)
	}
	wg.Wait()
}
