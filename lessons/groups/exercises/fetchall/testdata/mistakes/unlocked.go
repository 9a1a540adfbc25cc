// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: All returns the error

package fetchall

import (
	"context"
	"errors"
	"sync"
)

func All(ctx context.Context, names []string, // here
	fetch func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	group, cancel := context.WithCancel(ctx)
	defer cancel()
	pages := make([]string, len(names))
	var errs []error
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			page, err := fetch(group, name)
			if err != nil && (ctx.Err() != nil || !errors.Is(err, context.Canceled)) {
				errs = append(errs, err)
				cancel()
			}
			pages[i] = page
		})
	}
	wg.Wait()
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return pages, nil
}
