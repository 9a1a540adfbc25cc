// Verdict: wrong
// Says: First(6, 2) returns 3, but the smallest that fits is 1

package search

import "sync"

func First(limit, workers int, fits func(n int) bool) (int, bool) { // here
	var mu sync.Mutex
	next, best, found := 0, 0, false
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				mu.Lock()
				n, done := next, found
				next++
				mu.Unlock()
				if done || n >= limit {
					return
				}
				if fits(n) {
					mu.Lock()
					if !found {
						best, found = n, true
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return best, found
}
