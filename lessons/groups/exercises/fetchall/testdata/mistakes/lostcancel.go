// Verdict: wrong
// Says: All returns no error when its caller cancels

package fetchall

import (
	"context"
	"errors"
	"sync"
)

func All(ctx context.Context, names []string, // here
	fetch func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pages := make([]string, len(names))
	errs := make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			page, err := fetch(ctx, name)
			if err != nil {
				cancel()
			}
			if !errors.Is(err, context.Canceled) {
				pages[i], errs[i] = page, err
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return pages, nil
}
