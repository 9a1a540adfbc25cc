package check

import (
	"context"
	"fmt"
	"time"

	future "gosyncio/lessons/coroutines/exercises/future/given"
	"gosyncio/lessons/verify"
)

// Demo starts a function, and does something else meanwhile.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	await := future.Start(func() string {
		verify.Take(ctx, "f", 9*unit)
		return "f's result"
	})
	fmt.Println("Start has returned")
	verify.Take(ctx, "meanwhile", 6*unit)
	fmt.Println("await returns", await())
	return ctx.Err()
}
