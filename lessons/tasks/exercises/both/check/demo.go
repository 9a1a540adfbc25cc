package check

import (
	"context"
	"fmt"
	"time"

	both "gosyncio/lessons/tasks/exercises/both/given"
	"gosyncio/lessons/verify"
)

// Demo has two tasks that take their time.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	name, age := both.Both(
		func() string { verify.Take(ctx, "name", 9*unit); return "Ada" },
		func() int { verify.Take(ctx, "age", 6*unit); return 36 })
	fmt.Println("Both returns", name, "and", age)
	return ctx.Err()
}
