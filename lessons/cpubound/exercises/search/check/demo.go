package check

import (
	"context"
	"fmt"
	"runtime"
	"runtime/trace"

	search "gosyncio/lessons/cpubound/exercises/search/given"
)

// Demo looks for a number with two workers; each try computes.
func Demo(ctx context.Context) error {
	const wanted = 9
	fits := func(n int) bool {
		defer trace.StartRegion(ctx, "fits").End()
		sum := uint32(n)
		for i := range uint32(40_000_000) {
			if i%1_000_000 == 0 && ctx.Err() != nil {
				return false
			}
			sum = sum*1_664_525 + i
		}
		runtime.KeepAlive(sum)
		fmt.Printf("fits(%d): %v\n", n, n == wanted)
		return n == wanted
	}
	n, ok := search.First(20, 2, fits)
	fmt.Println("First returns", n, ok)
	return ctx.Err()
}
