// Verdict: wrong
// Says: All returns the error "context canceled", but the first was "no answer from X"

package failfast

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string, // here
	ask func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make([]string, len(names))
	errs := make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			answers[i], errs[i] = ask(ctx, name)
			if errs[i] != nil {
				cancel()
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return answers, nil
}
