// Verdict: wrong
// Says: save is called while another call of it is under way

package feed

import "sync"

func Run(next func() (job string, ok bool), workers int, do func(job string) string, save func(result string)) { // here
	queue := make(chan string)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range queue {
				save(do(job))
			}
		})
	}
	for job, ok := next(); ok; job, ok = next() {
		queue <- job
	}
	close(queue)
	wg.Wait()
}
