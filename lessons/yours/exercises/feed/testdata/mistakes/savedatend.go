// Verdict: wrong
// Says: The result of job 1 is there after 2s, and saved after 5s

package feed

import "sync"

func Run(next func() (job string, ok bool), workers int, do func(job string) string, save func(result string)) { // here
	queue := make(chan string)
	go func() {
		defer close(queue)
		for job, ok := next(); ok; job, ok = next() {
			queue <- job
		}
	}()
	var mu sync.Mutex
	var results []string
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range queue {
				result := do(job)
				mu.Lock()
				results = append(results, result)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for _, result := range results {
		save(result)
	}
}
