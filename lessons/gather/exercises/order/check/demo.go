package check

import (
	"context"
	"fmt"
	"runtime/trace"
	"time"

	order "gosyncio/lessons/gather/exercises/order/given"
)

// Demo asks three people who take their time.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	times := map[string]time.Duration{"A": 9 * unit, "B": 3 * unit, "C": 6 * unit}
	answers := order.All(ctx, []string{"A", "B", "C"}, func(ctx context.Context, name string) string {
		defer trace.StartRegion(ctx, name).End()
		fmt.Println(name, "is asked")
		select {
		case <-time.After(times[name]):
		case <-ctx.Done():
			return ctx.Err().Error()
		}
		fmt.Println(name, "answers")
		return name
	})
	fmt.Println("All returns", answers)
	return ctx.Err()
}
