// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: A is loaded a second time, while the first load is under way

package flight

import (
	"context"
	"sync"
)

type call struct {
	done  chan struct{}
	value string
	err   error
}

func Shared(load func(ctx context.Context, key string) (string, error), // here
) func(ctx context.Context, key string) (string, error) {
	var mu sync.Mutex // of the map, not of the loads
	calls := map[string]*call{}
	return func(ctx context.Context, key string) (string, error) {
		mu.Lock()
		c, ok := calls[key]
		mu.Unlock()
		if !ok {
			c = &call{done: make(chan struct{})}
			mu.Lock()
			calls[key] = c
			mu.Unlock()
			go func() {
				c.value, c.err = load(context.WithoutCancel(ctx), key)
				mu.Lock()
				delete(calls, key)
				mu.Unlock()
				close(c.done)
			}()
		}
		select {
		case <-c.done:
			return c.value, c.err
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}
