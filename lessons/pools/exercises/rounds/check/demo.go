package check

import (
	"context"
	"fmt"
	"time"

	rounds "gosyncio/lessons/pools/exercises/rounds/given"
	"gosyncio/lessons/verify"
)

// Demo does five jobs, two at a time.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	times := map[string]time.Duration{"A": 6 * unit, "B": 3 * unit, "C": 3 * unit, "D": 3 * unit, "E": 3 * unit}
	rounds.Run([]string{"A", "B", "C", "D", "E"}, 2, func(job string) { verify.Take(ctx, job, times[job]) })
	fmt.Println("Run returns")
	return ctx.Err()
}
