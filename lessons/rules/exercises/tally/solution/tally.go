// Package tally counts the votes of several ballot boxes.
package tally

import (
	"context"
	"sync"
	"sync/atomic"
)

// Count opens all boxes at once, and returns how many of
// the votes in them say yes. open takes its time.
func Count(ctx context.Context, boxes []string,
	open func(ctx context.Context, box string) []string) int {
	var count atomic.Int64
	var wg sync.WaitGroup
	for _, box := range boxes {
		wg.Go(func() {
			for _, vote := range open(ctx, box) {
				if vote == "yes" {
					count.Add(1)
				}
			}
		})
	}
	wg.Wait()
	return int(count.Load())
}
