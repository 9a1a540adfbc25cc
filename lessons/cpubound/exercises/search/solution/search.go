// Package search looks for a number by trying.
package search

import "sync"

// First returns the smallest number below limit that fits,
// and whether there is one. It tries 0, 1, 2 and so on, as
// many at a time as there are workers. Once a number fits,
// it begins no other. It returns when no try is under way.
//
// fits computes for a while and cannot be interrupted.
func First(limit, workers int, fits func(n int) bool) (int, bool) {
	var mu sync.Mutex // for next, best and found
	next, best, found := 0, limit, false
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		n := next
		next++
		return n, n < limit && !found
	}
	keep := func(n int) {
		mu.Lock()
		defer mu.Unlock()
		best, found = min(best, n), true
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for n, ok := take(); ok; n, ok = take() {
				if fits(n) {
					keep(n)
				}
			}
		})
	}
	wg.Wait()
	if !found {
		return 0, false
	}
	return best, true
}
