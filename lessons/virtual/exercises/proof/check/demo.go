package check

import (
	"context"
	"fmt"
	"time"

	"gosyncio/lessons/verify"
	"gosyncio/lessons/virtual/exercises/proof/given"
)

// Demo has a retry tested that is right, on the clock on the wall.
func Demo(ctx context.Context) error {
	const first = 30 * time.Millisecond
	tests := 0
	err := proof.Check(first, func(call func() error) error {
		tests++
		name, calls := fmt.Sprint("retry ", tests), 0
		return how{calls: 4, factor: 2}.retry(first, func() error {
			calls++
			if err := verify.Take(ctx, fmt.Sprint(name, ", call ", calls), 0); err != nil {
				return err
			}
			return call()
		})
	})
	if err != nil {
		fmt.Println("by the clock on the wall nothing is exact:", err)
	} else {
		fmt.Println("Check finds nothing wrong")
	}
	return ctx.Err()
}
