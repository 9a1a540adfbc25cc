package flight

import (
	"context"
	"sync"
)

type result struct {
	value string
	err   error
}

func Shared(load func(ctx context.Context, key string) (string, error),
) func(ctx context.Context, key string) (string, error) {
	var mu sync.Mutex
	waiting := map[string][]chan<- result{}
	return func(ctx context.Context, key string) (string, error) {
		mine := make(chan result, 1)
		mu.Lock()
		others := waiting[key]
		waiting[key] = append(others, mine)
		mu.Unlock()
		if len(others) == 0 {
			go func() {
				value, err := load(context.WithoutCancel(ctx), key)
				mu.Lock()
				defer mu.Unlock()
				for _, c := range waiting[key] {
					c <- result{value, err}
				}
				delete(waiting, key)
			}()
		}
		select {
		case r := <-mine:
			return r.value, r.err
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}
