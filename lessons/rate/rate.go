// Package rate makes calls to a service that allows so
// many at once, or so many in a second.
package rate

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// span is when a call began, and when it was over.
type span struct{ begin, end time.Time }

// call is a call to the service.
func call(ctx context.Context, n int,
	each time.Duration) span {
	name := fmt.Sprint("call ", n+1)
	defer trace.StartRegion(ctx, name).End()
	begin := time.Now()
	time.Sleep(each)
	return span{begin, time.Now()}
}

// report says what the service sees of the calls.
func report(start time.Time, calls []span) {
	second := start.Add(time.Second)
	early, most := 0, 0
	for _, one := range calls {
		if one.begin.Before(second) {
			early++
		}
		together := 0
		for _, other := range calls {
			if !other.begin.After(one.begin) &&
				other.end.After(one.begin) {
				together++
			}
		}
		most = max(most, together)
	}
	fmt.Println(early, "calls in the first second")
	fmt.Println("at most", most, "at once")
}

// Limited has at most limit calls under way at once.
func Limited(ctx context.Context,
	jobs, limit int, each time.Duration) error {
	room := make(chan struct{}, limit)
	calls := make([]span, jobs)
	var wg sync.WaitGroup
	start := time.Now()
	for n := range jobs {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			calls[n] = call(ctx, n, each)
		})
	}
	wg.Wait()
	report(start, calls)
	return nil
}

// Ticked begins the first call at once, and then one at
// each tick.
func Ticked(ctx context.Context,
	jobs, rate int, each time.Duration) error {
	calls := make([]span, jobs)
	var wg sync.WaitGroup
	start := time.Now()
	every := time.Second / time.Duration(rate)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for n := range jobs {
		if n > 0 {
			<-ticker.C
		}
		wg.Go(func() { calls[n] = call(ctx, n, each) })
	}
	wg.Wait()
	report(start, calls)
	return nil
}

// Burst has a bucket of rate tokens: a call takes one,
// and each tick adds one.
func Burst(ctx context.Context,
	jobs, rate int, each time.Duration) error {
	calls := make([]span, jobs)
	var wg sync.WaitGroup
	start := time.Now()
	tokens := rate
	every := time.Second / time.Duration(rate)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for n := range jobs {
		if tokens == 0 {
			<-ticker.C
			tokens++
		}
		tokens--
		wg.Go(func() { calls[n] = call(ctx, n, each) })
	}
	wg.Wait()
	report(start, calls)
	return nil
}
