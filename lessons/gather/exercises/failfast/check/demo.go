package check

import (
	"context"
	"errors"
	"fmt"
	"time"

	failfast "gosyncio/lessons/gather/exercises/failfast/given"
	"gosyncio/lessons/verify"
)

// Demo asks three people, of whom one has no answer.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	times := map[string]time.Duration{"A": 9 * unit, "B": 3 * unit, "C": 6 * unit}
	answers, err := failfast.All(ctx, []string{"A", "B", "C"}, func(ctx context.Context, name string) (string, error) {
		if err := verify.Take(ctx, name, times[name]); err != nil || name != "B" {
			return name, err
		}
		return "", errors.New("no answer")
	})
	fmt.Printf("All returns %q, error %v\n", answers, err)
	return ctx.Err()
}
