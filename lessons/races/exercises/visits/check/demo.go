package check

import (
	"context"
	"fmt"
	"sync"
	"time"

	visits "gosyncio/lessons/races/exercises/visits/given"
	"gosyncio/lessons/verify"
)

// Demo has three visitors of two pages.
func Demo(ctx context.Context) error {
	var v visits.Visits
	var wg sync.WaitGroup
	for i, page := range []string{"home", "news", "home"} {
		wg.Go(func() {
			verify.Take(ctx, fmt.Sprint("visitor ", i+1), time.Duration(i+1)*200*time.Millisecond)
			v.Add(page)
		})
	}
	wg.Wait()
	pages, sum := v.All()
	fmt.Println("visits:", pages, "in all", sum)
	return ctx.Err()
}
