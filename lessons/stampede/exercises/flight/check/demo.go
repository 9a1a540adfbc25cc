package check

import (
	"context"
	"fmt"
	"sync"
	"time"

	flight "gosyncio/lessons/stampede/exercises/flight/given"
	"gosyncio/lessons/verify"
)

// Demo has four who want two keys; who comes first gives up.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	get := flight.Shared(func(ctx context.Context, key string) (string, error) {
		return "value of " + key, verify.Take(ctx, "load "+key, 6*unit)
	})
	var wanting sync.WaitGroup
	for i, key := range []string{"x", "x", "y", "x"} {
		wanting.Go(func() {
			time.Sleep(time.Duration(i) * unit)
			patience := 20 * unit
			if i == 0 {
				patience = 3 * unit
			}
			ctx, cancel := context.WithTimeout(ctx, patience)
			defer cancel()
			if value, err := get(ctx, key); err != nil {
				fmt.Printf("%d gives up: %v\n", i+1, err)
			} else {
				fmt.Printf("%d gets %s\n", i+1, value)
			}
		})
	}
	wanting.Wait()
	return ctx.Err()
}
