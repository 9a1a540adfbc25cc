// Verdict: wrong
// Says: First(3, 2) finds nothing, but 0 fits

package search

import (
	"sync"
	"sync/atomic"
)

func First(limit, workers int, fits func(n int) bool) (int, bool) { // here
	var mu sync.Mutex
	var next, best atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for best.Load() == 0 {
				n := next.Add(1) - 1
				if n >= int64(limit) {
					return
				}
				if fits(int(n)) {
					mu.Lock()
					if b := best.Load(); b == 0 || n < b {
						best.Store(n)
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return int(best.Load()), best.Load() > 0
}
