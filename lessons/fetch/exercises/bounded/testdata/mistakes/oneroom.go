// Verdict: deadlock
// Says: nobody can go on: here All waits to send on a channel

package bounded

import (
	"context"
	"sync"
)

type Fetch func(ctx context.Context, url string) (string, error)

var room chan struct{}

func All(ctx context.Context, urls []string, limit int,
	fetch Fetch) ([]string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	bodies := make([]string, len(urls))
	room = make(chan struct{}, limit)
	var wg sync.WaitGroup
	for i, url := range urls {
		room <- struct{}{} // here
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
