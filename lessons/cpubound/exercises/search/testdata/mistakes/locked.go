// Verdict: slow
// Says: First takes 9s, and could take 7s: fits(1) began at 1s, when fits(0) had ended

package search

import "sync"

func First(limit, workers int, fits func(n int) bool) (int, bool) {
	var mu sync.Mutex
	next, found := 0, false
	try := func() bool {
		mu.Lock()
		defer mu.Unlock()
		if found || next >= limit {
			return false
		}
		if fits(next) { // here
			found = true
			return false
		}
		next++
		return true
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for try() {
			}
		})
	}
	wg.Wait()
	return next, found
}
