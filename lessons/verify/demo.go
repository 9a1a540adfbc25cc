package verify

import (
	"context"
	"fmt"
	"runtime/trace"
	"time"
)

// Take is to a Demo what C.Wait is to a check: a call that takes a time, here
// of a real clock. It has a lane of that name, says when it begins and how it
// ends, and returns the error of ctx if that ends before.
func Take(ctx context.Context, name string, d time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println(name, "started")
	select {
	case <-time.After(d):
		fmt.Println(name, "finished")
		return nil
	case <-ctx.Done():
		fmt.Println(name, "gave up")
		return ctx.Err()
	}
}
