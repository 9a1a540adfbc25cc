// Package check says what must hold of the exercise search.
package check

import (
	"context"
	"fmt"
	"slices"
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
	{Name: "two workers find a number", Func: "First", Run: first(2, 7*second, 6, []number{
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
}

// first says what must hold of numbers, the first of which are to be tried.
func first(workers int, want time.Duration, tries int, numbers []number) func(*verify.C) {
	return func(c *verify.C) {
		call := fmt.Sprintf("First(%d, %d)", len(numbers), workers)
		fits := func(n int) bool {
			if n < 0 || n >= len(numbers) {
				c.Wrong("%s tries %d", call, n)
			}
			c.Wait(context.Background(), name(n), numbers[n].takes)
			return numbers[n].fits
		}
		var got int
		var ok bool
		c.Takes(want,
			func() { got, ok = search.First(len(numbers), workers, fits) },
			func() {
				if most := c.Most(); most > workers {
					c.Wrong("%s tries %d numbers at once", call, most)
				}
				best := slices.IndexFunc(numbers, func(n number) bool { return n.fits })
				switch {
				case best < 0 && ok:
					c.Wrong("%s returns %d, and no number fits", call, got)
				case best >= 0 && !ok:
					c.Wrong("%s finds nothing, and %d fits", call, best)
				case best >= 0 && got != best:
					c.Wrong("%s returns %d, and %d fits", call, got, best)
				}
				holds(c, call, tries)
			})
	}
}

// holds says which number was tried twice, or needlessly.
func holds(c *verify.C, call string, tries int) {
	calls := c.Calls()
	for i, called := range calls {
		if slices.Contains(calls[:i], called) {
			c.Wrong("%s calls %s twice", call, called)
		}
	}
	if len(calls) > tries {
		c.Wrong("%s goes on to %s, when it knows of a number that fits", call, calls[tries])
	}
}

func name(n int) string { return fmt.Sprintf("fits(%d)", n) }
