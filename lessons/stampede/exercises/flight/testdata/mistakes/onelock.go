// Verdict: slow
// Says: Asking for A, and for B 300ms later, takes 2s, and could take 1.3s: the load of B began at 1s, when the load of A had ended

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

func Shared(load func(ctx context.Context, key string) (string, error),
) func(ctx context.Context, key string) (string, error) {
	var mu sync.Mutex
	calls := map[string]*call{}
	return func(ctx context.Context, key string) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		c, ok := calls[key]
		if !ok {
			c = &call{done: make(chan struct{})}
			calls[key] = c
			c.value, c.err = load(context.WithoutCancel(ctx), key) // here
			close(c.done)
		}
		return c.value, c.err
	}
}
