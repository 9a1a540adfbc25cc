package tally

import (
	"context"
	"sync"
	"sync/atomic"
)

func Count(ctx context.Context, boxes []string,
	open func(ctx context.Context, box string) []string) int {
	count := 0
	var lock atomic.Int32
	var wg sync.WaitGroup
	for _, box := range boxes {
		wg.Go(func() {
			for _, vote := range open(ctx, box) {
				if vote == "yes" {
					for !lock.CompareAndSwap(0, 1) {
					}
					count++
					lock.Store(0)
				}
			}
		})
	}
	wg.Wait()
	return count
}
