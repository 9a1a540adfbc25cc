package check

import (
	"context"
	"fmt"
	"sync"
	"time"

	safely "gosyncio/lessons/panics/exercises/safely/given"
	"gosyncio/lessons/verify"
)

// Demo has two workers, of which one panics.
func Demo(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Go(func() {
		err := safely.Safely(func() error {
			verify.Take(ctx, "bad", 300*time.Millisecond)
			panic("no route")
		})
		fmt.Println("bad:", err)
	})
	wg.Go(func() {
		err := safely.Safely(func() error {
			verify.Take(ctx, "good", 600*time.Millisecond)
			return nil
		})
		fmt.Println("good:", err)
	})
	wg.Wait()
	return ctx.Err()
}
