package fetchall

import (
	"context"
	"errors"
	"sync"
)

// All tells by the cause who has cancelled.
func All(ctx context.Context, names []string,
	fetch func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	errStop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	var errs []error
	pages := make([]string, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			page, err := fetch(ctx, name)
			mu.Lock()
			defer mu.Unlock()
			pages[i] = page
			told := errors.Is(err, context.Canceled) && context.Cause(ctx) == errStop
			if err != nil && !told {
				errs = append(errs, err)
				cancel(errStop)
			}
		})
	}
	wg.Wait()
	return pages, errors.Join(errs...)
}
