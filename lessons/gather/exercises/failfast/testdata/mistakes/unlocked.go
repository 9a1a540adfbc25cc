// Verdict: race
// Says: a goroutine reads here what another goroutine writes at the same time

package failfast

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make([]string, len(names))
	var first error
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			answer, err := ask(ctx, name)
			if err != nil && first == nil { // here
				first = err
				cancel()
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
