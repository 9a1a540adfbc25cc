// Verdict: wrong
// Says: All has 5 fetches under way at once, but limit is 2

package bounded

import (
	"context"
	"sync"
)

type Fetch func(ctx context.Context, url string) (string, error)

func All(ctx context.Context, urls []string, limit int, // here
	fetch Fetch) ([]string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	bodies := make([]string, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() {
			body, err := fetch(ctx, url)
			if err != nil {
				cancel(err)
			}
			bodies[i] = body
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	return bodies, nil
}
