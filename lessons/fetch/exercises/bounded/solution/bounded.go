// Package bounded fetches pages, a few at a time.
package bounded

import (
	"context"
	"sync"
)

// A Fetch fetches a page and returns its body.
type Fetch func(ctx context.Context, url string) (string, error)

// All fetches all pages in the order of urls, at most limit at
// a time, and returns their bodies in that order. At the first
// error, or when ctx ends, it cancels the fetches that are under
// way and begins no others, waits until they have ended, and
// returns that error alone. It may be called several times
// at once, with a limit each.
func All(ctx context.Context, urls []string, limit int,
	fetch Fetch) ([]string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	bodies := make([]string, len(urls))
	room := make(chan struct{}, limit)
	var wg sync.WaitGroup
	for i, url := range urls {
		room <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-room }()
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
