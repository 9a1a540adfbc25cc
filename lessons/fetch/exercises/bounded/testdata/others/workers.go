package bounded

import (
	"context"
	"sync"
)

type Fetch func(ctx context.Context, url string) (string, error)

func All(ctx context.Context, urls []string, limit int,
	fetch Fetch) ([]string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type job struct {
		url string
		to  *string
	}
	jobs := make(chan job)
	bodies := make([]string, len(urls))
	var workers sync.WaitGroup
	for range limit {
		workers.Go(func() {
			for j := range jobs {
				b, err := fetch(ctx, j.url)
				if err != nil {
					cancel(err)
					return
				}
				*j.to = b
			}
		})
	}
	func() {
		defer close(jobs)
		for i, u := range urls {
			if ctx.Err() != nil {
				return
			}
			select {
			case <-ctx.Done():
				return
			case jobs <- job{u, &bodies[i]}:
			}
		}
	}()
	workers.Wait()
	if context.Cause(ctx) != nil {
		return nil, context.Cause(ctx)
	}
	return bodies, nil
}
