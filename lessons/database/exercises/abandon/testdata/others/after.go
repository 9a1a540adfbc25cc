package abandon

import (
	"context"
	"sync"
)

func Query(ctx context.Context,
	query func() (string, error)) (string, error) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	var done bool
	var a string
	var e error
	go func() {
		r, err := query()
		mu.Lock()
		defer mu.Unlock()
		if !done {
			done, a, e = true, r, err
			c.Broadcast()
		}
	}()
	defer context.AfterFunc(ctx, func() {
		mu.Lock()
		defer mu.Unlock()
		if !done {
			done, e = true, ctx.Err()
			c.Broadcast()
		}
	})()
	mu.Lock()
	defer mu.Unlock()
	for !done {
		c.Wait()
	}
	return a, e
}
