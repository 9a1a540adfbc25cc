package check

import (
	"context"
	"fmt"
	"time"

	closing "gosyncio/lessons/pools/exercises/closing/given"
	"gosyncio/lessons/verify"
)

// Demo does five jobs, two at a time.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	times := map[string]time.Duration{"A": 6 * unit, "B": 3 * unit, "C": 3 * unit, "D": 3 * unit, "E": 3 * unit}
	results := closing.Results(ctx, []string{"A", "B", "C", "D", "E"}, 2, func(job string) string {
		verify.Take(ctx, job, times[job])
		return "result of " + job
	})
	for result := range results {
		fmt.Println("received the", result)
	}
	fmt.Println("the channel is closed")
	return ctx.Err()
}
