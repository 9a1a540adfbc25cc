// Verdict: wrong
// Says: Whoever gives up after 300ms gets "value of A" and no error, but should get the error "context canceled" of its ctx

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
	var mu sync.Mutex
	calls := map[string]*call{}
	return func(ctx context.Context, key string) (string, error) {
		mu.Lock()
		if c, ok := calls[key]; ok {
			mu.Unlock()
			select {
			case <-c.done:
				return c.value, c.err
			case <-ctx.Done():
				return "", ctx.Err()
			}
		}
		c := &call{done: make(chan struct{})}
		calls[key] = c
		mu.Unlock()
		c.value, c.err = load(context.WithoutCancel(ctx), key)
		mu.Lock()
		delete(calls, key)
		mu.Unlock()
		close(c.done)
		return c.value, c.err
	}
}
