package check

import (
	"context"
	"errors"
	"fmt"
	"time"

	winner "gosyncio/lessons/tasks/exercises/winner/given"
	"gosyncio/lessons/verify"
)

// Demo has three tasks, the first of which fails.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	task := func(name string, d time.Duration, err error) winner.Task {
		return func(ctx context.Context) (string, error) {
			if err := verify.Take(ctx, name, d); err != nil {
				return "", err
			}
			return name, err
		}
	}
	result, err := winner.First(ctx, []winner.Task{
		task("A", 3*unit, errors.New("failed")),
		task("B", 9*unit, nil),
		task("C", 6*unit, nil),
	})
	fmt.Printf("First returns %q, error %v\n", result, err)
	return ctx.Err()
}
