// Verdict: wrong
// Says: Who asked for A first gave up after 300ms, and so did its load

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
		if !ok {
			c = &call{done: make(chan struct{})}
			calls[key] = c
			go func() {
				c.value, c.err = load(ctx, key)
				mu.Lock()
				delete(calls, key)
				mu.Unlock()
				close(c.done)
			}()
		}
		mu.Unlock()
		select {
		case <-c.done:
			return c.value, c.err
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}
