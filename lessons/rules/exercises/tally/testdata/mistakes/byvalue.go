// Verdict: vet
// Says: add passes lock by value: sync.Mutex

package tally

import (
	"context"
	"sync"
)

func add(mu sync.Mutex, count *int) { // here
	mu.Lock()
	defer mu.Unlock()
	*count++
}

func Count(ctx context.Context, boxes []string,
	open func(ctx context.Context, box string) []string) int {
	count := 0
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, box := range boxes {
		wg.Go(func() {
			for _, vote := range open(ctx, box) {
				if vote == "yes" {
					add(mu, &count)
				}
			}
		})
	}
	wg.Wait()
	return count
}
