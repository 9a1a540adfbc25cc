package check

import (
	"context"
	"fmt"
	"time"

	punctual "gosyncio/lessons/eventloop/exercises/punctual/given"
	"gosyncio/lessons/verify"
)

// Demo has a callback that takes longer than it is to the next.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	takes := func(name string, d time.Duration) func() {
		return func() { verify.Take(ctx, name, d) }
	}
	punctual.Run([]punctual.Timer{
		{Due: unit, Call: takes("A", 6*unit)},
		{Due: 3 * unit, Call: takes("B", 4*unit)},
		{Due: 5 * unit, Call: takes("C", 2*unit)},
	})
	fmt.Println("Run returns")
	return ctx.Err()
}
