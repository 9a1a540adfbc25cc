// Verdict: race
// Says: a goroutine writes here what another goroutine writes at the same time

package order

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) string) []string {
	answers := make([]string, len(names))
	var answer string
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			answer = ask(ctx, name) // here
			answers[i] = answer
		})
	}
	wg.Wait()
	return answers
}
