// Package check says what must hold of the exercise either.
package check

import (
	"context"
	"time"

	either "gosyncio/lessons/coroutines/exercises/either/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "b is done first", Func: "Either", Run: race(2*time.Second, time.Second)},
	{Name: "a is done first", Func: "Either", Run: race(time.Second, 3*time.Second)},
	{Name: "both are done at the same moment", Func: "Either", Run: race(time.Second, time.Second)},
	{Name: "the other one takes an hour", Func: "Either", Run: race(time.Hour, time.Second)},
	{Name: "a and b take no time at all", Func: "Either", Run: noTime, AtOnce: true},
}

// race has a and b take those times, and then waits until both must have
// ended.
func race(a, b time.Duration) func(*verify.C) {
	return func(c *verify.C) {
		job := func(name string, d time.Duration) func() string {
			return func() string {
				c.Wait(context.Background(), name, d)
				return name
			}
		}
		var got string
		c.Takes(min(a, b),
			func() { got = either.Either(job("A", a), job("B", b)) },
			func() {
				takes := map[string]time.Duration{"A": a, "B": b}
				switch took, ok := takes[got]; {
				case !ok:
					c.Wrong("Either returns %q, but a returns %q and b returns %q", got, "A", "B")
				case took > min(a, b):
					c.Wrong("Either returns %q, which takes %v, but the other takes only %v", got, took, min(a, b))
				}
			})
		time.Sleep(max(a, b))
		for _, name := range []string{"A", "B"} {
			if n := c.Count(name); n != 1 {
				c.Wrong("Either calls %s %d times, but should call each once", name, n)
			}
		}
	}
}

// noTime has a and b done before anybody else need have gone on.
func noTime(c *verify.C) {
	job := func(name string) func() string { return func() string { return name } }
	if got := either.Either(job("A"), job("B")); got != "A" && got != "B" {
		c.Wrong("Either returns %q, but a returns %q and b returns %q", got, "A", "B")
	}
}
