// Verdict: race
// Says: a goroutine reads here what another goroutine writes at the same time, here too

package tally

import (
	"context"
	"sync"
)

func Count(ctx context.Context, boxes []string,
	open func(ctx context.Context, box string) []string) int {
	count := 0
	var wg sync.WaitGroup
	for _, box := range boxes {
		wg.Go(func() {
			var mu sync.Mutex
			for _, vote := range open(ctx, box) {
				if vote == "yes" {
					mu.Lock()
					count++ // here
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return count
}
