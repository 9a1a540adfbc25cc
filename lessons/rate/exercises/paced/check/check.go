// Package check says what must hold of the exercise paced.
package check

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	paced "gosyncio/lessons/rate/exercises/paced/given"
	"gosyncio/lessons/verify"
	"gosyncio/lessons/verify/schedule"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "calls are short", Func: "Do", Run: calls(5, 5, same(12, 50))},
	{Name: "calls are long", Func: "Do", Run: calls(2, 5, same(6, 1500))},
	{Name: "both limits count", Func: "Do", Run: calls(2, 3, same(9, 400))},
	{Name: "two calls take longer than the others", Func: "Do", Run: calls(2, 3, long)},
	{Name: "only one call may be under way", Func: "Do", Run: calls(1, 2, same(6, 300))},
	{Name: "only one call may begin in a second", Func: "Do", Run: calls(3, 1, same(4, 2500))},
	{Name: "both limits are above the number of calls", Func: "Do", Run: calls(10, 10, same(3, 700))},
	{Name: "there are no calls", Func: "Do", Run: calls(2, 2, nil)},
	{Name: "a call takes no time", Func: "Do", Run: calls(1, 4, same(10, 0))},
	{Name: "Do is called twice at the same time", Func: "Do", Does: "Do, called twice at the same time,", Run: twice},
}

// per is the time in which rate calls may begin.
const per = time.Second

// long are calls that begin late in a second, so that many may seem to be
// allowed when the next one begins.
var long = []time.Duration{900, 900, 100, 100, 100, 100, 100, 100}

// same are calls that take as many milliseconds each.
func same(count int, ms time.Duration) []time.Duration {
	return slices.Repeat([]time.Duration{ms}, count)
}

// calls makes calls that take so many milliseconds.
func calls(limit, rate int, takes []time.Duration) func(*verify.C) {
	return func(c *verify.C) {
		d := do{c: c, limit: limit, rate: rate, takes: takes, name: "call"}
		_, end := d.due()
		c.Takes(end, d.run, d.holds)
	}
}

// twice has two calls of Do, each with its own limits.
func twice(c *verify.C) {
	a := do{c: c, limit: 2, rate: 3, takes: same(6, 400), name: "call of A"}
	b := do{c: c, limit: 1, rate: 2, takes: same(4, 400), name: "call of B"}
	_, aEnd := a.due()
	_, bEnd := b.due()
	c.Takes(max(aEnd, bEnd),
		func() {
			var wg sync.WaitGroup
			wg.Go(a.run)
			b.run()
			wg.Wait()
		},
		func() { a.holds(); b.holds() })
}

// A do is one call of Do.
type do struct {
	c           *verify.C
	limit, rate int
	takes       []time.Duration // in milliseconds
	name        string          // of its calls

	start time.Time
	mu    sync.Mutex // never held while anybody waits
	began []began
	under int // how many are under way
	most  int // at once
}

// A began is a call: its number, and when it began.
type began struct {
	n  int
	at time.Duration
}

// due is when each call is to begin, and when all are done.
func (d *do) due() (begins []time.Duration, end time.Duration) {
	free := make([]time.Duration, d.limit) // when each place is
	for n, takes := range d.takes {
		slices.Sort(free)
		at := free[0]
		if n > 0 {
			at = max(at, begins[n-1])
		}
		if n >= d.rate {
			at = max(at, begins[n-d.rate]+per)
		}
		begins = append(begins, at)
		free[0] = at + takes*time.Millisecond
		end = max(end, free[0])
	}
	return begins, end
}

func (d *do) run() {
	d.start = time.Now()
	paced.Do(len(d.takes), d.limit, d.rate, per, d.call)
}

func (d *do) call(n int) {
	if n < 0 || n >= len(d.takes) {
		d.c.Wrong("Do makes call(%d), and jobs is %d", n, len(d.takes))
	}
	d.mu.Lock()
	d.began = append(d.began, began{n, time.Since(d.start)})
	d.under++
	d.most = max(d.most, d.under)
	d.mu.Unlock()
	d.c.Wait(context.Background(), fmt.Sprint(d.name, " ", n), d.takes[n]*time.Millisecond)
	d.mu.Lock()
	d.under--
	d.mu.Unlock()
}

// holds says which limit is broken, or which call begins late.
func (d *do) holds() {
	schedule.Quiet()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.most > d.limit {
		d.c.Wrong("Do has %d calls under way at once, but limit is %d", d.most, d.limit)
	}
	for i := d.rate; i < len(d.began); i++ {
		if within := d.began[i].at - d.began[i-d.rate].at; within < per {
			d.c.Wrong("Do begins %d calls within %v, but only %d may begin in less than %v", d.rate+1, within, d.rate, per)
		}
	}
	if len(d.began) != len(d.takes) {
		d.c.Wrong("Do makes %d calls, and jobs is %d", len(d.began), len(d.takes))
	}
	begins, _ := d.due()
	for n, due := range begins {
		i := slices.IndexFunc(d.began, func(b began) bool { return b.n == n })
		switch {
		case i < 0:
			d.c.Wrong("Do does not make call(%d), and jobs is %d", n, len(d.takes))
		case d.began[i].at > due:
			d.c.Wrong("Do begins call(%d) after %v, but the limits allow it after %v", n, d.began[i].at, due)
		case d.began[i].at < due:
			d.c.Wrong("Do begins call(%d) after %v, before its turn", n, d.began[i].at)
		}
	}
}
