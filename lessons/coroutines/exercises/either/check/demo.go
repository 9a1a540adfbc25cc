package check

import (
	"context"
	"fmt"
	"time"

	either "gosyncio/lessons/coroutines/exercises/either/given"
	"gosyncio/lessons/verify"
)

// Demo asks two, of whom the second answers first.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	says := func(name string, d time.Duration) func() string {
		return func() string {
			verify.Take(ctx, name, d)
			return name
		}
	}
	fmt.Println("Either returns", either.Either(says("a", 9*unit), says("b", 4*unit)))
	return ctx.Err()
}
