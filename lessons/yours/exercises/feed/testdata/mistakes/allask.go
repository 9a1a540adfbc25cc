// Verdict: wrong
// Says: next is called while another call of it is under way

package feed

import "sync"

func Run(next func() (job string, ok bool), workers int, do func(job string) string, save func(result string)) { // here
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job, ok := next(); ok; job, ok = next() {
				result := do(job)
				mu.Lock()
				save(result)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}
