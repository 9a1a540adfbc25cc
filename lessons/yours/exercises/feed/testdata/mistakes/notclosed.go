// Verdict: leak
// Says: 3 goroutines are left over that wait to receive from a channel for ever

package feed

import "sync"

func Run(next func() (job string, ok bool), workers int, do func(job string) string, save func(result string)) {
	queue, results := make(chan string), make(chan string)
	var jobs sync.WaitGroup
	for range workers {
		go func() {
			for job := range queue { // here
				results <- do(job)
				jobs.Done()
			}
		}()
	}
	jobs.Add(1)
	go func() {
		for job, ok := next(); ok; job, ok = next() {
			jobs.Add(1)
			queue <- job
		}
		jobs.Done()
		jobs.Wait()
		close(results)
	}()
	for result := range results {
		save(result)
	}
}
