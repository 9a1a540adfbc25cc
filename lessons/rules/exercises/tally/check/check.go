// Package check says what must hold of the exercise tally.
package check

import (
	"context"
	"time"

	tally "gosyncio/lessons/rules/exercises/tally/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "three boxes are opened", Func: "Count", Run: three},
	{Name: "there are no boxes", Func: "Count", Run: none},
}

// A box takes a time to open. No two boxes here take the same: what goroutines
// do without a lock then comes out right, until the race detector sees it.
type box struct {
	takes time.Duration
	votes []string
}

// opened opens boxes.
func opened(c *verify.C, boxes map[string]box) func(context.Context, string) []string {
	return func(ctx context.Context, name string) []string {
		c.Wait(ctx, "box "+name, boxes[name].takes)
		return boxes[name].votes
	}
}

func three(c *verify.C) {
	boxes := map[string]box{
		"A": {3 * time.Second, []string{"yes", "no", "yes"}},
		"B": {time.Second, []string{"no", "", "yes"}},
		"C": {2 * time.Second, []string{"yes", "yes", "no", "yes"}},
	}
	const want = 6
	var got int
	c.Takes(3*time.Second,
		func() { got = tally.Count(context.Background(), []string{"A", "B", "C"}, opened(c, boxes)) },
		func() {
			if got != want {
				c.Wrong("Count returns %d where %d votes say yes", got, want)
			}
		})
}

func none(c *verify.C) {
	if got := tally.Count(context.Background(), nil, opened(c, nil)); got != 0 {
		c.Wrong("Count returns %d where there are no boxes", got)
	}
}
