package flight

import (
	"context"
	"sync"
)

// The load is cancelled when nobody waits for it any more.
type call struct {
	done   chan struct{}
	value  string
	err    error
	wanted int
	cancel context.CancelFunc
}

func Shared(load func(ctx context.Context, key string) (string, error),
) func(ctx context.Context, key string) (string, error) {
	var mu sync.Mutex
	calls := map[string]*call{}
	return func(ctx context.Context, key string) (string, error) {
		mu.Lock()
		c := calls[key]
		if c == nil {
			own, cancel := context.WithCancel(context.WithoutCancel(ctx))
			c = &call{done: make(chan struct{}), cancel: cancel}
			calls[key] = c
			go func() {
				defer cancel()
				value, err := load(own, key)
				mu.Lock()
				defer mu.Unlock()
				c.value, c.err = value, err
				if calls[key] == c {
					delete(calls, key)
				}
				close(c.done)
			}()
		}
		c.wanted++
		mu.Unlock()
		select {
		case <-c.done:
			return c.value, c.err
		case <-ctx.Done():
			mu.Lock()
			defer mu.Unlock()
			if c.wanted--; c.wanted == 0 {
				c.cancel()
				if calls[key] == c {
					delete(calls, key)
				}
			}
			return "", ctx.Err()
		}
	}
}
