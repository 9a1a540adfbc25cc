package check

import (
	"context"
	"fmt"
	"time"

	first "gosyncio/lessons/leaks/exercises/first/given"
	"gosyncio/lessons/verify"
)

// Demo asks three servers, of whom B answers first.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	server := func(name string, d time.Duration) first.Server {
		return func(ctx context.Context) (string, error) {
			if err := verify.Take(ctx, name, d); err != nil {
				return "", err
			}
			return name, nil
		}
	}
	answer, err := first.First(ctx, []first.Server{
		server("A", 9*unit),
		server("B", 3*unit),
		server("C", 6*unit),
	})
	fmt.Printf("First returns %q, error %v\n", answer, err)
	time.Sleep(8 * unit) // for those that go on
	return ctx.Err()
}
