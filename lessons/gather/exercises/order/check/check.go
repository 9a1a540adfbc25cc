// Package check says what must hold of the exercise order.
package check

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	order "gosyncio/lessons/gather/exercises/order/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "nobody is asked", Func: "All", Run: nobody},
	{Name: "two are asked", Func: "All", Run: two},
	{Name: "three answer at the same moment", Func: "All", Run: many},
	{Name: "two have the same name", Func: "All", Run: namesakes},
}

// asked asks people who take their time.
func asked(c *verify.C, times map[string]time.Duration) func(context.Context, string) string {
	return func(ctx context.Context, name string) string {
		c.Wait(ctx, name, times[name])
		return name + "'s answer"
	}
}

func nobody(c *verify.C) {
	if got := order.All(context.Background(), nil, asked(c, nil)); len(got) > 0 {
		c.Wrong("All returns %q when nobody is asked", got)
	}
}

// all asks people who answer after times, the longest of which is want.
func all(c *verify.C, names []string, times map[string]time.Duration, want time.Duration) {
	var got []string
	c.Takes(want,
		func() { got = order.All(context.Background(), names, asked(c, times)) },
		func() {
			answers := make([]string, len(names))
			for i, name := range names {
				answers[i] = name + "'s answer"
			}
			if !slices.Equal(got, answers) {
				c.Wrong("All returns %q, but %q were asked, in this order", got, names)
			}
		})
}

func two(c *verify.C) {
	all(c, []string{"A", "B"}, map[string]time.Duration{"A": 2 * time.Second, "B": time.Second}, 2*time.Second)
}

func many(c *verify.C) {
	all(c, []string{"C", "A", "B"}, map[string]time.Duration{"A": time.Second, "B": time.Second, "C": time.Second}, time.Second)
}

// namesakes has two of one name, who give answers of their own. Nobody knows
// which of them is asked first.
func namesakes(c *verify.C) {
	var asked atomic.Int64
	ask := func(ctx context.Context, name string) string {
		n := asked.Add(1)
		c.Wait(ctx, name, time.Duration(n)*time.Second)
		return fmt.Sprint("answer ", n)
	}
	var got []string
	c.Takes(2*time.Second,
		func() { got = order.All(context.Background(), []string{"A", "A"}, ask) },
		func() {
			if want := []string{"answer 1", "answer 2"}; !slices.Equal(slices.Sorted(slices.Values(got)), want) {
				c.Wrong("Two are called A, and answer %q and %q, but All returns %q", want[0], want[1], got)
			}
		})
}
