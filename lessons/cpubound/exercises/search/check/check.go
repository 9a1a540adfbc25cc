// Package check says what must hold of the exercise search.
package check

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	search "gosyncio/lessons/cpubound/exercises/search/given"
	"gosyncio/lessons/verify"
)

// A number is one that can be tried.
type number struct {
	takes time.Duration
	fits  bool
}

const second = time.Second

// Checks are in the order in which they are told. No two tries end at the
// same moment, unless nothing depends on which of them is first.
var Checks = []verify.Check{
	// Worker 1 tries 0, 2, 3 and 4, and worker 2 tries 1 and 5.
	{Name: "two workers search", Func: "First", Run: first(2, 7*second, 6, []number{
		{second, false}, {4 * second, false}, {second, false}, {second, false},
		{2 * second, true}, {3 * second, true}, {second, false}, {second, true}, {second, false},
	})},
	// Worker 1 finds 3 at 4 s, and worker 2 is still at 1.
	{Name: "a larger number is found sooner", Func: "First", Run: first(2, 5*second, 4, []number{
		{second, false}, {5 * second, true}, {second, false}, {2 * second, true}, {second, false}, {second, true},
	})},
	{Name: "no number fits", Func: "First", Run: first(3, 2*second, 5, []number{
		{second, false}, {second, false}, {second, false}, {second, false}, {second, false},
	})},
	{Name: "there are more workers than numbers", Func: "First", Run: first(4, 2*second, 2, []number{{second, false}, {2 * second, true}})},
	{Name: "there is one worker", Func: "First", Run: first(1, 2*second, 2, []number{{second, false}, {second, true}, {second, true}})},
	{Name: "there is nothing to try", Func: "First", Run: first(2, 0, 0, nil)},
	{Name: "0 fits", Func: "First", Run: first(2, 2*second, 2, []number{{second, true}, {2 * second, false}, {second, false}})},
	{Name: "two numbers are found at the same moment", Func: "First", AtOnce: true, Run: first(2, second, 2, []number{{second, true}, {second, true}, {second, false}})},
}

// first says what must hold of numbers, the first of which are to be tried.
func first(workers int, want time.Duration, tries int, numbers []number) func(*verify.C) {
	return func(c *verify.C) {
		r := &record{c: c, call: fmt.Sprintf("First(%d, %d)", len(numbers), workers), start: time.Now(), numbers: numbers}
		var got int
		var ok bool
		c.Takes(want,
			func() { got, ok = search.First(len(numbers), workers, r.fits) },
			func() {
				if most := c.Most(); most > workers {
					c.Wrong("%s tries %d numbers at once", r.call, most)
				}
				best := slices.IndexFunc(numbers, func(n number) bool { return n.fits })
				switch {
				case best < 0 && ok:
					c.Wrong("%s returns %d, but no number fits", r.call, got)
				case best >= 0 && !ok:
					c.Wrong("%s finds nothing, but %d fits", r.call, best)
				case best >= 0 && got != best:
					c.Wrong("%s returns %d, but the smallest that fits is %d", r.call, got, best)
				}
				r.holds(tries)
			})
	}
}

// A record is of what was tried.
type record struct {
	c       *verify.C
	call    string
	start   time.Time
	numbers []number

	mu    sync.Mutex
	tries []try // in the order in which they began
}

// A try is that of a number n.
type try struct {
	n  int
	at time.Duration // since the start
}

func (r *record) fits(n int) bool {
	if n < 0 || n >= len(r.numbers) {
		r.c.Wrong("%s tries %d, which is none of the %d numbers", r.call, n, len(r.numbers))
	}
	r.began(n)
	r.c.Wait(context.Background(), fmt.Sprintf("fits(%d)", n), r.numbers[n].takes)
	return r.numbers[n].fits
}

func (r *record) began(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tries = append(r.tries, try{n, time.Since(r.start)})
}

// holds says which number was tried twice, too soon, or needlessly.
func (r *record) holds(most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, late := range r.tries {
		for _, early := range r.tries[:i] {
			switch {
			case early.n == late.n:
				r.c.Wrong("%s tries %d twice", r.call, late.n)
			case early.n > late.n && early.at < late.at:
				r.c.Wrong("%s tries %d before %d", r.call, early.n, late.n)
			}
		}
	}
	if len(r.tries) > most {
		r.c.Wrong("%s goes on to %d, although it knows of a number that fits", r.call, r.tries[most].n)
	}
}
