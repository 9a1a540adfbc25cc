package check

import (
	"context"
	"fmt"
	"time"

	paced "gosyncio/lessons/rate/exercises/paced/given"
	"gosyncio/lessons/verify"
)

// Demo makes seven calls: at most 2 at once, and 3 in 800 ms.
func Demo(ctx context.Context) error {
	paced.Do(7, 2, 3, 800*time.Millisecond, func(n int) {
		verify.Take(ctx, fmt.Sprint("call ", n), 300*time.Millisecond)
	})
	fmt.Println("all calls are done")
	return ctx.Err()
}
