// Package eventloop lets three timers fire: one after
// the other, in goroutines on a single CPU, and in an
// event loop written by hand.
package eventloop

import (
	"cmp"
	"context"
	"fmt"
	"runtime/trace"
	"slices"
	"sync"
	"time"
)

// fire is what happens when a timer is due: it says
// when that was.
func fire(name string, set time.Duration,
	start time.Time) {
	after := time.Since(start).Round(time.Second / 100)
	fmt.Printf("%s set for %v, fired after %v\n",
		name, set, after)
}

// wait sleeps until the timer is due and fires it.
func wait(ctx context.Context, name string,
	set time.Duration, start time.Time) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(set)
	fire(name, set, start)
}

// Sequential waits for one timer, then for the next.
func Sequential(ctx context.Context,
	a, b, c time.Duration) error {
	start := time.Now()
	wait(ctx, "a", a, start)
	wait(ctx, "b", b, start)
	wait(ctx, "c", c, start)
	return nil
}

// Concurrent gives every timer a goroutine. It runs on
// one CPU: one engine is enough for any number of
// things that wait.
func Concurrent(ctx context.Context,
	a, b, c time.Duration) error {
	start := time.Now()
	var wg sync.WaitGroup
	wg.Go(func() { wait(ctx, "a", a, start) })
	wg.Go(func() { wait(ctx, "b", b, start) })
	wg.Go(func() { wait(ctx, "c", c, start) })
	wg.Wait()
	return nil
}

// timer is a callback and how long it is to wait.
type timer struct {
	set  time.Duration
	call func()
}

// runLoop is an event loop in small. It sleeps until
// the next timer is due, calls it, and goes on: all in
// one goroutine.
func runLoop(ctx context.Context, timers []timer) {
	defer trace.StartRegion(ctx, "loop").End()
	slices.SortStableFunc(timers, func(x, y timer) int {
		return cmp.Compare(x.set, y.set)
	})
	start := time.Now()
	for _, next := range timers {
		time.Sleep(time.Until(start.Add(next.set)))
		next.call()
	}
}

// callback fires, and then keeps the loop for block.
func callback(ctx context.Context, name string,
	set, block time.Duration, start time.Time) {
	defer trace.StartRegion(ctx, name).End()
	fire(name, set, start)
	time.Sleep(block)
}

// Loop runs the three timers as callbacks of one loop.
func Loop(ctx context.Context,
	a, b, c time.Duration) error {
	start := time.Now()
	runLoop(ctx, []timer{
		{a, func() { callback(ctx, "a", a, 0, start) }},
		{b, func() { callback(ctx, "b", b, 0, start) }},
		{c, func() { callback(ctx, "c", c, 0, start) }},
	})
	return nil
}

// Blocked is Loop with a mistake: the callback of a
// sleeps, and what is due meanwhile fires late.
func Blocked(ctx context.Context,
	a, b, c, block time.Duration) error {
	start := time.Now()
	runLoop(ctx, []timer{
		{a, func() { callback(ctx, "a", a, block, start) }},
		{b, func() { callback(ctx, "b", b, 0, start) }},
		{c, func() { callback(ctx, "c", c, 0, start) }},
	})
	return nil
}
