// Package feed is a script that was ported line by line.
package feed

import "sync"

// Run has so many workers do the jobs that next gives, until
// it gives no more, and hands each result to save as soon as
// it is there. It returns when all are saved, and leaves no
// worker behind.
//
// How many jobs come nobody knows. next and save are never
// called by two at once. All three may take their time.
func Run(next func() (job string, ok bool), workers int,
	do func(job string) string, save func(result string)) {
	queue, results := make(chan string), make(chan string)
	go func() {
		defer close(queue)
		for {
			job, ok := next()
			if !ok {
				return
			}
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
	go func() {
		wg.Wait()
		close(results)
	}()
	for result := range results {
		save(result)
	}
}
