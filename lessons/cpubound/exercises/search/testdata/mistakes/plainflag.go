// Verdict: race
// Says: at the same time

package search

import (
	"sync"
	"sync/atomic"
)

func First(limit, workers int, fits func(n int) bool) (int, bool) {
	var next atomic.Int64
	var mu sync.Mutex
	best, found := limit, false
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for !found {
				n := int(next.Add(1) - 1)
				if n >= limit {
					return
				}
				if fits(n) {
					mu.Lock()
					best, found = min(best, n), true // here
					mu.Unlock()
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
