package search

import (
	"context"
	"sync"
	"sync/atomic"
)

func First(limit, workers int, fits func(n int) bool) (int, bool) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for n := range limit {
			if ctx.Err() != nil {
				return
			}
			select {
			case <-ctx.Done():
				return
			case numbers <- n:
			}
		}
	}()
	var best atomic.Int64
	best.Store(int64(limit))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for n := range numbers {
				if ctx.Err() != nil {
					return
				}
				if !fits(n) {
					continue
				}
				for {
					b := best.Load()
					if int64(n) >= b || best.CompareAndSwap(b, int64(n)) {
						break
					}
				}
				stop()
			}
		})
	}
	wg.Wait()
	b := int(best.Load())
	if b == limit {
		return 0, false
	}
	return b, true
}
