package check

import (
	"context"
	"fmt"
	"time"

	tally "gosyncio/lessons/rules/exercises/tally/given"
	"gosyncio/lessons/verify"
)

// Demo counts the votes of three boxes.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	votes := map[string][]string{"A": {"yes", "no", "yes"}, "B": {"no"}, "C": {"yes", "yes"}}
	times := map[string]time.Duration{"A": 9 * unit, "B": 3 * unit, "C": 6 * unit}
	count := tally.Count(ctx, []string{"A", "B", "C"}, func(ctx context.Context, box string) []string {
		verify.Take(ctx, box, times[box])
		return votes[box]
	})
	fmt.Println("Count returns", count)
	return ctx.Err()
}
