// Verdict: panic
// Says: panic: close of closed channel

package search

import (
	"sync"
	"sync/atomic"
)

func First(limit, workers int, fits func(n int) bool) (int, bool) {
	var next, best atomic.Int64
	best.Store(int64(limit))
	found := make(chan struct{})
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				select {
				case <-found:
					return
				default:
				}
				n := next.Add(1) - 1
				if n >= int64(limit) {
					return
				}
				if fits(int(n)) {
					best.Store(min(n, best.Load()))
					close(found) // here
				}
			}
		})
	}
	wg.Wait()
	return int(best.Load()), int(best.Load()) < limit
}
