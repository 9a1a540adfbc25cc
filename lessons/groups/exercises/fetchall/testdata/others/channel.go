package fetchall

import (
	"context"
	"errors"
)

type result struct {
	i    int
	page string
	err  error
}

// All has one place where results arrive.
func All(ctx context.Context, names []string,
	fetch func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	group, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result)
	for i, name := range names {
		go func() {
			page, err := fetch(group, name)
			results <- result{i, page, err}
		}()
	}
	pages := make([]string, len(names))
	var failed error
	for range names {
		r := <-results
		pages[r.i] = r.page
		if r.err == nil {
			continue
		}
		cancel()
		if !errors.Is(r.err, context.Canceled) {
			failed = errors.Join(failed, r.err)
		}
	}
	if failed == nil {
		failed = ctx.Err()
	}
	return pages, failed
}
