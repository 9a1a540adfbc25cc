package check

import (
	"context"
	"fmt"
	"sync"
	"time"

	cache "gosyncio/lessons/rules/exercises/cache/given"
	"gosyncio/lessons/verify"
)

// Demo has four who want two keys.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	get := cache.Cached(func(key string) (string, error) {
		return "value of " + key, verify.Take(ctx, "load "+key, 4*unit)
	})
	var wanting sync.WaitGroup
	for i, key := range []string{"x", "x", "y", "x"} {
		wanting.Go(func() {
			time.Sleep(time.Duration(i) * 2 * unit)
			value, err := get(key)
			fmt.Printf("%d gets %q, error %v\n", i+1, value, err)
		})
	}
	wanting.Wait()
	return ctx.Err()
}
