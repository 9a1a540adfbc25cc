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
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make([]string, len(names))
	var once sync.Once
	var first error
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			answer, err := ask(ctx, name)
			if err != nil {
				once.Do(func() {
					first = err
					cancel()
				})
				return
			}
			answers[i] = answer
		})
	}
	wg.Wait()
	if first != nil {
		return nil, first
	}
	return answers, nil
}
