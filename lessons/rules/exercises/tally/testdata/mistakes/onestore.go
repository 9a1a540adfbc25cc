// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: Count returns 1, but 2 votes say yes

package tally

import (
	"context"
	"sync"
	"sync/atomic"
)

func Count(ctx context.Context, boxes []string, // here
	open func(ctx context.Context, box string) []string) int {
	var count atomic.Int64
	var wg sync.WaitGroup
	for _, box := range boxes {
		wg.Go(func() {
			for _, vote := range open(ctx, box) {
				if vote == "yes" {
					count.Store(count.Load() + 1)
				}
			}
		})
	}
	wg.Wait()
	return int(count.Load())
}
