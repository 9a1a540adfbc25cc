// Package check says what must hold of the exercise both.
package check

import (
	"context"
	"time"

	both "gosyncio/lessons/tasks/exercises/both/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "name takes longer", Func: "Both", Run: asked(2500*time.Millisecond, time.Second)},
	{Name: "age takes longer", Func: "Both", Run: asked(time.Second, 3500*time.Millisecond)},
	{Name: "both take the same time", Func: "Both", Run: asked(time.Second, time.Second)},
	{Name: "neither takes any time", Func: "Both", Run: asked(0, 0)},
	{Name: "it takes an hour", Func: "Both", Run: asked(time.Hour, time.Second)},
}

// asked has name and age take those times.
func asked(name, age time.Duration) func(*verify.C) {
	return func(c *verify.C) {
		var gotName string
		var gotAge int
		c.Takes(max(name, age),
			func() {
				gotName, gotAge = both.Both(
					func() string { c.Wait(context.Background(), "name", name); return "Ada" },
					func() int { c.Wait(context.Background(), "age", age); return 36 })
			},
			func() {
				if gotName != "Ada" || gotAge != 36 {
					c.Wrong("Both returns %q and %d, but name returned %q and age %d", gotName, gotAge, "Ada", 36)
				}
			})
		if n := len(c.Calls()); n != 2 {
			c.Wrong("Both makes %d calls, but should call each of the two functions once", n)
		}
	}
}
