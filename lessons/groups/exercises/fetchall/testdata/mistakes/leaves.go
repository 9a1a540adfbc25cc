// Verdict: wrong
// Says: All returns after 1s, and Z is still under way

package fetchall

import "context"

func All(ctx context.Context, names []string,
	fetch func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type result struct {
		i    int
		page string
		err  error
	}
	results := make(chan result, len(names))
	for i, name := range names {
		go func() {
			page, err := fetch(ctx, name) // here
			results <- result{i, page, err}
		}()
	}
	pages := make([]string, len(names))
	for range names {
		r := <-results
		if r.err != nil {
			return nil, r.err
		}
		pages[r.i] = r.page
	}
	return pages, nil
}
