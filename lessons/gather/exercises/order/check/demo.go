package check

import (
	"context"
	"fmt"
	"time"

	order "gosyncio/lessons/gather/exercises/order/given"
	"gosyncio/lessons/verify"
)

// Demo asks three people who take their time.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	times := map[string]time.Duration{"A": 9 * unit, "B": 3 * unit, "C": 6 * unit}
	answers := order.All(ctx, []string{"A", "B", "C"}, func(ctx context.Context, name string) string {
		verify.Take(ctx, name, times[name])
		return name
	})
	fmt.Println("All returns", answers)
	return ctx.Err()
}
