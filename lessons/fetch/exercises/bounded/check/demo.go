package check

import (
	"context"
	"fmt"
	"time"

	bounded "gosyncio/lessons/fetch/exercises/bounded/given"
	"gosyncio/lessons/verify"
)

// Demo fetches six pages, two at a time.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	urls := []string{"/1", "/2", "/3", "/4", "/5", "/6"}
	bodies, err := bounded.All(ctx, urls, 2, func(ctx context.Context, url string) (string, error) {
		return "body of " + url, verify.Take(ctx, url, 3*unit)
	})
	fmt.Printf("All returns %d bodies, error %v\n", len(bodies), err)
	return ctx.Err()
}
