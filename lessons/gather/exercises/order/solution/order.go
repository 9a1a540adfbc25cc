// Package order asks several people at once.
package order

import (
	"context"
	"sync"
)

// All asks everybody, and returns the answers in the order
// of the names. ask takes its time.
func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) string) []string {
	answers := make([]string, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { answers[i] = ask(ctx, name) })
	}
	wg.Wait()
	return answers
}
