// Verdict: wrong
// Says: Two are called A, and answer "answer 1" and "answer 2", but All returns ["answer 2" "answer 2"]

package order

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string, // here
	ask func(ctx context.Context, name string) string) []string {
	byName := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			answer := ask(ctx, name)
			mu.Lock()
			defer mu.Unlock()
			byName[name] = answer
		})
	}
	wg.Wait()
	var answers []string
	for _, name := range names {
		answers = append(answers, byName[name])
	}
	return answers
}
