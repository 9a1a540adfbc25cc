package check

import (
	"context"
	"fmt"
	"time"

	metronome "gosyncio/lessons/eventloop/exercises/metronome/given"
	"gosyncio/lessons/verify"
)

// Demo has calls that take longer than the period.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	ticking, stop := context.WithTimeout(ctx, 9*unit)
	defer stop()
	metronome.Every(ticking, 2*unit, func(n int) {
		verify.Take(ctx, fmt.Sprint("call ", n), 3*unit)
	})
	fmt.Println("Every returns")
	return ctx.Err()
}
