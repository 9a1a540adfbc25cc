// Verdict: deadlock
// Says: nobody can go on: here Run waits for a WaitGroup

package feed

import "sync"

func Run(next func() (job string, ok bool), workers int, do func(job string) string, save func(result string)) {
	queue, results := make(chan string), make(chan string)
	go func() {
		defer close(queue)
		for job, ok := next(); ok; job, ok = next() {
			queue <- job
		}
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range queue {
				results <- do(job)
			}
		})
	}
	wg.Wait() // here
	close(results)
	for result := range results {
		save(result)
	}
}
