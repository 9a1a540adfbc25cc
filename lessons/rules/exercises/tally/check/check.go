// Package check says what must hold of the exercise tally.
package check

import (
	"context"
	"maps"
	"slices"
	"time"

	tally "gosyncio/lessons/rules/exercises/tally/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "three boxes are opened", Func: "Count", Run: three},
	{Name: "two boxes are open at the same moment", Func: "Count", Run: two, AtOnce: true},
	{Name: "there are no boxes", Func: "Count", Run: none},
}

// A box takes a time to open. Unless two take the same, what goroutines do
// without a lock comes out right, and only the race detector sees it.
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
	count(c, map[string]box{
		"A": {3 * time.Second, []string{"yes", "no", "yes"}},
		"B": {time.Second, []string{"no", "", "yes"}},
		"C": {2 * time.Second, []string{"yes", "yes", "no", "yes"}},
	}, 3*time.Second, 6)
}

func two(c *verify.C) {
	count(c, map[string]box{
		"A": {time.Second, []string{"yes"}},
		"B": {time.Second, []string{"yes"}},
	}, time.Second, 2)
}

// count counts votes of which want say yes, in so much time.
func count(c *verify.C, boxes map[string]box, takes time.Duration, want int) {
	var got int
	c.Takes(takes,
		func() {
			got = tally.Count(context.Background(), slices.Sorted(maps.Keys(boxes)), opened(c, boxes))
		},
		func() {
			if got != want {
				c.Wrong("Count returns %d, but %d votes say yes", got, want)
			}
		})
}

func none(c *verify.C) {
	if got := tally.Count(context.Background(), nil, opened(c, nil)); got != 0 {
		c.Wrong("Count returns %d, but there are no boxes", got)
	}
}
