// Verdict: leak
// Says: a goroutine is left over

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
	waiting := map[string][]chan result{}
	return func(ctx context.Context, key string) (string, error) {
		mine := make(chan result)
		mu.Lock()
		others, ok := waiting[key]
		waiting[key] = append(others, mine)
		mu.Unlock()
		if !ok {
			go func() {
				value, err := load(context.WithoutCancel(ctx), key)
				mu.Lock()
				all := waiting[key]
				delete(waiting, key)
				mu.Unlock()
				for _, c := range all {
					c <- result{value, err} // here
				}
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
