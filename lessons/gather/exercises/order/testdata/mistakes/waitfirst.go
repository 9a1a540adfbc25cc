// Verdict: deadlock
// Says: nobody can go on: here All waits for a WaitGroup

package order

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) string) []string {
	type result struct {
		i      int
		answer string
	}
	results := make(chan result)
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { results <- result{i, ask(ctx, name)} })
	}
	wg.Wait() // here
	answers := make([]string, len(names))
	for range names {
		r := <-results
		answers[r.i] = r.answer
	}
	return answers
}
