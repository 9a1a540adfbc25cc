// Package check says what must hold of the exercise failfast.
package check

import (
	"context"
	"errors"
	"slices"
	"time"

	failfast "gosyncio/lessons/gather/exercises/failfast/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "everybody has an answer", Func: "All", Run: fine},
	{Name: "one of three fails", Func: "All", Does: "All, with X failing after 1s,", Run: fails},
	{Name: "two fail, and do not listen to ctx", Func: "All", Run: deaf},
	{Name: "ctx ends", Func: "All", Run: ended},
	{Name: "nobody is asked", Func: "All", Run: nobody},
}

// A person takes a time to answer.
type person struct {
	takes time.Duration
	err   error // instead of an answer
	deaf  bool  // goes on when ctx ends
}

var people = map[string]person{
	"A": {takes: 3 * time.Second},
	"B": {takes: time.Second},
	"C": {takes: 2 * time.Second},
	"X": {takes: time.Second, err: errors.New("no answer from X")},
	"Y": {takes: 2 * time.Second, err: errors.New("no answer from Y"), deaf: true},
	"Z": {takes: 3 * time.Second, err: errors.New("no answer from Z"), deaf: true},
}

// asked asks people.
func asked(c *verify.C) func(context.Context, string) (string, error) {
	return func(ctx context.Context, name string) (string, error) {
		p := people[name]
		if p.deaf {
			ctx = context.WithoutCancel(ctx)
		}
		if err := c.Wait(ctx, name, p.takes); err != nil {
			return "", err
		}
		if p.err != nil {
			return "", p.err
		}
		return name + "'s answer", nil
	}
}

func fine(c *verify.C) {
	var got []string
	var err error
	c.Takes(3*time.Second,
		func() { got, err = failfast.All(context.Background(), []string{"A", "B", "C"}, asked(c)) },
		func() {
			if want := []string{"A's answer", "B's answer", "C's answer"}; !slices.Equal(got, want) || err != nil {
				c.Wrong("All returns %q and %s, but %q were asked, in this order", got, verify.TheError(err), []string{"A", "B", "C"})
			}
		})
}

// failing asks people of whom failed is the first who has no answer. All can
// return after want.
func failing(c *verify.C, want time.Duration, names []string, failed string) {
	var got []string
	var err error
	c.Takes(want,
		func() { got, err = failfast.All(context.Background(), names, asked(c)) },
		func() {
			first := people[failed].err
			switch {
			case err == nil:
				c.Wrong("All returns no error, but %s failed: %q", failed, first)
			case !is(err, failed):
				c.Wrong("All returns the error %q, but the first was %q", err, first)
			case len(got) > 0:
				c.Wrong("All returns %q beside the error %q, and should return no answers", got, err)
			}
		})
	c.Over()
}

// is reports whether err is the error of who failed, and of nobody else.
func is(err error, failed string) bool {
	for name, p := range people {
		if p.err != nil && errors.Is(err, p.err) != (name == failed) {
			return false
		}
	}
	return !errors.Is(err, context.Canceled)
}

func fails(c *verify.C) {
	failing(c, time.Second, []string{"A", "X", "C"}, "X")
}

// deaf has nobody who listens: what the two do with the first error has
// nothing between them then, and the race detector sees it.
func deaf(c *verify.C) {
	failing(c, 3*time.Second, []string{"Z", "Y"}, "Y")
}

func ended(c *verify.C) {
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	var err error
	c.Takes(500*time.Millisecond,
		func() { _, err = failfast.All(ctx, []string{"A", "B"}, asked(c)) },
		func() {
			if !errors.Is(err, context.DeadlineExceeded) {
				c.Wrong("All returns %s when its ctx ends, but everybody asked returns %q", verify.TheError(err), context.DeadlineExceeded)
			}
		})
	c.Over()
}

func nobody(c *verify.C) {
	if got, err := failfast.All(context.Background(), nil, asked(c)); len(got) > 0 || err != nil {
		c.Wrong("All returns %q and %s when nobody is asked", got, verify.TheError(err))
	}
}
