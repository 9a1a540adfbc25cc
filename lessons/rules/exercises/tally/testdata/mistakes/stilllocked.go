// Verdict: deadlock
// Says: nobody can go on: here Count waits for a WaitGroup, and 3 goroutines wait for a lock at line

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
			for _, vote := range open(ctx, box) {
				mu.Lock()
				if vote != "yes" {
					continue
				}
				count++
				mu.Unlock()
			}
		})
	}
	wg.Wait() // here
	return count
}
