// Package eventloop lets three timers fire: one after
// the other, in goroutines on a single CPU, and in an
// event loop written by hand.
package eventloop

import (
	"container/heap"
	"context"
	"fmt"
	"runtime/trace"
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

// loop is an event loop in small: callbacks that are
// ready, others that wait for their time, and one
// goroutine that runs them all.
type loop struct {
	ready  []func()
	timers timers
}

// callLater asks the loop to call f when d has passed.
func (l *loop) callLater(d time.Duration, f func()) {
	heap.Push(&l.timers, timer{time.Now().Add(d), f})
}

// run calls the callbacks as they become ready, until
// none is left.
func (l *loop) run(ctx context.Context) {
	defer trace.StartRegion(ctx, "loop").End()
	for len(l.ready)+len(l.timers) > 0 {
		if len(l.ready) == 0 {
			time.Sleep(time.Until(l.timers[0].due))
		}
		for len(l.timers) > 0 && l.timers[0].isDue() {
			next := heap.Pop(&l.timers).(timer)
			l.ready = append(l.ready, next.f)
		}
		for len(l.ready) > 0 {
			f := l.ready[0]
			l.ready = l.ready[1:]
			f()
		}
	}
}

// timers is a heap: the timer that is due first is on
// top.
type timers []timer

type timer struct {
	due time.Time
	f   func()
}

func (t timer) isDue() bool {
	return !t.due.After(time.Now())
}

func (t timers) Len() int { return len(t) }

func (t timers) Less(i, j int) bool {
	return t[i].due.Before(t[j].due)
}

func (t timers) Swap(i, j int) { t[i], t[j] = t[j], t[i] }

func (t *timers) Push(x any) {
	*t = append(*t, x.(timer))
}

func (t *timers) Pop() any {
	old := *t
	last := old[len(old)-1]
	*t = old[:len(old)-1]
	return last
}

// Loop runs the same three timers as callbacks of a
// hand-made loop.
func Loop(ctx context.Context,
	a, b, c time.Duration) error {
	start := time.Now()
	var l loop
	later := func(name string, d time.Duration) {
		l.callLater(d, func() {
			defer trace.StartRegion(ctx, name).End()
			fire(name, d, start)
		})
	}
	later("a", a)
	later("b", b)
	later("c", c)
	l.run(ctx)
	return nil
}

// Blocked is Loop with a mistake in the first callback:
// it sleeps, and as all callbacks share one goroutine,
// the others fire late.
func Blocked(ctx context.Context,
	a, b, c time.Duration) error {
	start := time.Now()
	var l loop
	later := func(name string, d time.Duration, then func()) {
		l.callLater(d, func() {
			defer trace.StartRegion(ctx, name).End()
			fire(name, d, start)
			then()
		})
	}
	later("a", a, func() { time.Sleep(c) })
	later("b", b, func() {})
	later("c", c, func() {})
	l.run(ctx)
	return nil
}
