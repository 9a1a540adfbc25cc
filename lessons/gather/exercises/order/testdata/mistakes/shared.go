// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: All returns

package order

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string, // here
	ask func(ctx context.Context, name string) string) []string {
	answers := make([]string, len(names))
	var answer string
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			answer = ask(ctx, name)
			answers[i] = answer
		})
	}
	wg.Wait()
	return answers
}
