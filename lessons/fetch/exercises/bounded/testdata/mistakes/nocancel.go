// Verdict: wrong
// Says: All begins to fetch page3 after the first error

package bounded

import (
	"context"
	"sync"
)

type Fetch func(ctx context.Context, url string) (string, error)

func All(ctx context.Context, urls []string, limit int, // here
	fetch Fetch) ([]string, error) {
	bodies := make([]string, len(urls))
	errs := make([]error, len(urls))
	room := make(chan struct{}, limit)
	var wg sync.WaitGroup
	for i, url := range urls {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			bodies[i], errs[i] = fetch(ctx, url)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return bodies, nil
}
