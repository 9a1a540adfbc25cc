package feed

import "sync"

func Run(next func() (job string, ok bool), workers int, do func(job string) string, save func(result string)) {
	room, results := make(chan struct{}, workers), make(chan string)
	go func() {
		defer close(results)
		var wg sync.WaitGroup
		defer wg.Wait()
		for job, ok := next(); ok; job, ok = next() {
			room <- struct{}{}
			wg.Go(func() {
				result := do(job)
				<-room
				results <- result
			})
		}
	}()
	for result := range results {
		save(result)
	}
}
