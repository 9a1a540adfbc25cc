package check

import (
	"context"
	"fmt"
	"runtime/trace"
	"time"

	"gosyncio/lessons/virtual/exercises/proof/given"
)

// Demo has a retry tested that is right, on the clock on the wall.
func Demo(ctx context.Context) error {
	const first = 30 * time.Millisecond
	retries := 0
	err := proof.Check(first, func(call func() error) error {
		retries++
		name, calls := fmt.Sprint("retry ", retries), 0
		defer trace.StartRegion(ctx, name).End()
		defer func() { fmt.Println(name, "is over, calls:", calls) }()
		return how{calls: 4, factor: 2}.retry(first, func() error {
			calls++
			if ctx.Err() != nil {
				return nil // and so it ends
			}
			return call()
		})
	})
	if err != nil {
		fmt.Println("by the clock on the wall nothing is exact:", err)
	} else {
		fmt.Println("Check finds nothing wrong")
	}
	return ctx.Err()
}
