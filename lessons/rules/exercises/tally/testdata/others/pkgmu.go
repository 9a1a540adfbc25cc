package tally

import (
	"context"
	"sync"
)

var (
	mu sync.RWMutex
	wg sync.WaitGroup
)

func Count(ctx context.Context, boxes []string,
	open func(ctx context.Context, box string) []string) (count int) {
	for i := range boxes {
		wg.Go(func() {
			votes := open(ctx, boxes[i])
			mu.Lock()
			defer mu.Unlock()
			for _, vote := range votes {
				if vote != "yes" {
					continue
				}
				count += 1
			}
		})
	}
	wg.Wait()
	mu.RLock()
	defer mu.RUnlock()
	return
}
