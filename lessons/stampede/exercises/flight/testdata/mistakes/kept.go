// Verdict: wrong
// Says: A was loaded once, but should be loaded 2 times: the second asks when the first load has ended

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
				c.value, c.err = load(context.WithoutCancel(ctx), key)
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
