// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: Count returns 1, but 2 votes say yes

package tally

import (
	"context"
	"sync"
)

func Count(ctx context.Context, boxes []string, // here
	open func(ctx context.Context, box string) []string) int {
	count := 0
	var wg sync.WaitGroup
	for _, box := range boxes {
		wg.Go(func() {
			var mu sync.Mutex
			for _, vote := range open(ctx, box) {
				if vote == "yes" {
					mu.Lock()
					count++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return count
}
