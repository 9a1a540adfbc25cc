// Verdict: wrong
// Says: First returns after 5s, and fits(5) is still under way

package search

import (
	"context"
	"sync/atomic"
)

func First(limit, workers int, fits func(n int) bool) (int, bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	results := make(chan int, limit)
	var next atomic.Int64
	for range workers {
		go func() {
			for ctx.Err() == nil {
				n := int(next.Add(1) - 1)
				if n >= limit {
					return
				}
				if fits(n) { // here
					results <- n
				}
			}
		}()
	}
	return <-results, true
}
