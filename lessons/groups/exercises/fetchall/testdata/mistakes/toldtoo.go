// Verdict: wrong
// Says: a page that was only told to stop has not failed

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
			pages[i], errs[i] = fetch(ctx, name)
			if errs[i] != nil {
				cancel()
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return pages, nil
}
