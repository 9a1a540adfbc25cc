// Verdict: slow
// Says: Count takes 6s, and could take 3s

package tally

import (
	"context"
	"sync"
)

func Count(ctx context.Context, boxes []string,
	open func(ctx context.Context, box string) []string) int {
	count := 0
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, box := range boxes {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for _, vote := range open(ctx, box) { // here
				if vote == "yes" {
					count++
				}
			}
		})
	}
	wg.Wait()
	return count
}
