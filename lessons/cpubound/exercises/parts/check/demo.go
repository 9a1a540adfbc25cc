package check

import (
	"context"
	"fmt"
	"runtime/trace"

	parts "gosyncio/lessons/cpubound/exercises/parts/given"
)

// Demo counts the primes below three million, in four parts.
func Demo(ctx context.Context) error {
	const n = 3_000_000
	count := func(from, to int) (count int) {
		defer trace.StartRegion(ctx, fmt.Sprintf("%d..%d", from, to-1)).End()
		for p := max(from, 2); p < to && ctx.Err() == nil; p++ {
			if prime(p) {
				count++
			}
		}
		fmt.Printf("%d from %d to %d\n", count, from, to-1)
		return count
	}
	fmt.Println("Count returns", parts.Count(n, 4, count))
	return ctx.Err()
}

func prime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}
