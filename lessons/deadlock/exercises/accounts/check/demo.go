package check

import (
	"context"
	"fmt"
	"sync"
	"time"

	accounts "gosyncio/lessons/deadlock/exercises/accounts/given"
	"gosyncio/lessons/verify"
)

// Demo has three calls that need two accounts each, and a fourth that needs
// two others.
func Demo(ctx context.Context) error {
	with := accounts.With(5)
	var wg sync.WaitGroup
	for i, named := range [][]int{{0, 1}, {1, 2}, {2, 0}, {4, 3}} {
		wg.Go(func() {
			name := fmt.Sprint("call ", i+1)
			with(named, func() { verify.Take(ctx, name, 400*time.Millisecond) })
		})
	}
	wg.Wait()
	fmt.Println("all calls are done")
	return ctx.Err()
}
