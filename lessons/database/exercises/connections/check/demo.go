package check

import (
	"context"
	"fmt"
	"sync"
	"time"

	connections "gosyncio/lessons/database/exercises/connections/given"
	"gosyncio/lessons/verify"
)

// Demo asks five queries, two at a time.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	ask := connections.Limit(2, func(ctx context.Context, q string) (string, error) {
		return "answer to " + q, verify.Take(ctx, q, 4*unit)
	})
	var asking sync.WaitGroup
	for _, q := range []string{"A", "B", "C", "D", "E"} {
		asking.Go(func() {
			if _, err := ask(ctx, q); err != nil {
				fmt.Println(q, "failed:", err)
			}
		})
	}
	asking.Wait()
	return ctx.Err()
}
