// Verdict: wrong
// Says: All returns ["B's answer" "A's answer"], but ["A" "B"] were asked, in this order

package order

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string, // here
	ask func(ctx context.Context, name string) string) []string {
	var answers []string
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			answer := ask(ctx, name)
			mu.Lock()
			defer mu.Unlock()
			answers = append(answers, answer)
		})
	}
	wg.Wait()
	return answers
}
