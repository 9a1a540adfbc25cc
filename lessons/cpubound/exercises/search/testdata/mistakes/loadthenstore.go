// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: First(3, 2) returns 1, but the smallest that fits is 0

package search

import (
	"sync"
	"sync/atomic"
)

func First(limit, workers int, fits func(n int) bool) (int, bool) { // here
	var next, best atomic.Int64
	best.Store(int64(limit))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for best.Load() == int64(limit) {
				n := next.Add(1) - 1
				if n >= int64(limit) {
					return
				}
				if fits(int(n)) && n < best.Load() {
					best.Store(n)
				}
			}
		})
	}
	wg.Wait()
	if best.Load() == int64(limit) {
		return 0, false
	}
	return int(best.Load()), true
}
