// Verdict: race
// Says: here what another goroutine

package bounded

import (
	"cmp"
	"context"
	"sync"
)

type Fetch func(ctx context.Context, url string) (string, error)

func All(ctx context.Context, urls []string, limit int,
	fetch Fetch) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	bodies := make([]string, len(urls))
	room := make(chan struct{}, limit)
	var first error
	var wg sync.WaitGroup
	for i, url := range urls {
		room <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-room }()
			body, err := fetch(ctx, url)
			first = cmp.Or(first, err) // here
			if err != nil {
				cancel()
			}
			bodies[i] = body
		})
	}
	wg.Wait()
	if err := cmp.Or(first, ctx.Err()); err != nil {
		return nil, err
	}
	return bodies, nil
}
