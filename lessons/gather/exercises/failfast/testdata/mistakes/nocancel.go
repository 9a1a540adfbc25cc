// Verdict: slow
// Says: All, with X failing after 1s, takes 3s, and could take 1s

package failfast

import (
	"context"
	"errors"
	"sync"
)

func All(ctx context.Context, names []string, // here
	ask func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	answers := make([]string, len(names))
	errs := make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { answers[i], errs[i] = ask(ctx, name) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return answers, nil
}
