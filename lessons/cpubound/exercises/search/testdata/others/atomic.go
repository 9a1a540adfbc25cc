package search

import (
	"runtime"
	"sync/atomic"
)

func First(limit, workers int, fits func(n int) bool) (int, bool) {
	var next, best, busy atomic.Int64
	best.Store(-1)
	busy.Store(int64(workers))
	done := make(chan struct{})
	for range workers {
		go func() {
			defer func() {
				if busy.Add(-1) == 0 {
					close(done)
				}
			}()
			for best.Load() < 0 {
				n := next.Add(1) - 1
				if n >= int64(limit) {
					return
				}
				if fits(int(n)) {
					for b := best.Load(); (b < 0 || n < b) && !best.CompareAndSwap(b, n); b = best.Load() {
						runtime.Gosched()
					}
				}
			}
		}()
	}
	<-done
	b := best.Load()
	return int(max(b, 0)), b >= 0
}
