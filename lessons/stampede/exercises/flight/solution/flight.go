// Package flight joins those who want the same value.
package flight

import (
	"context"
	"sync"
)

// A call is a load that is under way.
type call struct {
	done  chan struct{} // closed when the rest is there
	value string
	err   error
}

// Shared returns a function that returns what load does. It
// may be called by many goroutines at once: those that ask
// for a key while it is being loaded share that load. When
// it has ended nothing is kept, and who asks then starts
// another.
//
// Whoever gives up, as its ctx says, gets the error of that
// ctx at once. The others still get what load returns.
func Shared(load func(ctx context.Context, key string) (string, error),
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
