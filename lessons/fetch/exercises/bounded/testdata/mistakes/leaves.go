// Verdict: wrong
// Says: All returns after 1s, and the cleanup of page1 is still under way

package bounded

import (
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
	errs := make(chan error, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		select {
		case room <- struct{}{}:
		case err := <-errs:
			return nil, err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		wg.Go(func() {
			body, err := fetch(ctx, url) // here
			if err != nil {
				errs <- err
				return
			}
			bodies[i] = body
			<-room
		})
	}
	wg.Wait()
	select {
	case err := <-errs:
		return nil, err
	default:
		return bodies, nil
	}
}
