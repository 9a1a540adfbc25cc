// Package check says what must hold of the exercise fetchall.
package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	fetchall "gosyncio/lessons/groups/exercises/fetchall/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "all pages come", Func: "All", Run: fine},
	{Name: "one of three fails", Func: "All", Does: "All, with X failing after 1s,", Run: one},
	{Name: "one does not listen to its ctx", Func: "All", Run: deaf},
	{Name: "two fail at the same moment", Func: "All", Run: two},
	{Name: "one fails as it gives up", Func: "All", Run: cleanup},
	{Name: "the caller cancels its ctx", Func: "All", Run: cancelled},
	{Name: "there are no pages", Func: "All", Run: none},
}

// A page takes a time to come.
type page struct {
	takes time.Duration
	err   error // instead of the page
	told  error // instead of the ctx's, when that ends
	deaf  bool  // goes on when ctx ends
}

var pages = map[string]page{
	"A": {takes: 3 * time.Second},
	"B": {takes: time.Second},
	"C": {takes: 2 * time.Second},
	"D": {takes: 2 * time.Second, told: errors.New("file of D not closed")},
	"X": {takes: time.Second, err: errors.New("no answer from X"), deaf: true},
	"Y": {takes: time.Second, err: errors.New("no answer from Y"), deaf: true},
	"Z": {takes: 3 * time.Second, err: errors.New("no answer from Z"), deaf: true},
}

// fetch fetches pages.
func fetch(c *verify.C) func(context.Context, string) (string, error) {
	return func(ctx context.Context, name string) (string, error) {
		p := pages[name]
		if p.deaf {
			ctx = context.WithoutCancel(ctx)
		}
		if err := c.Wait(ctx, name, p.takes); err != nil {
			if p.told != nil {
				return "", p.told
			}
			return "", fmt.Errorf("%s: %w", name, err)
		}
		if p.err != nil {
			return "", p.err
		}
		return "page " + name, nil
	}
}

func fine(c *verify.C) {
	var got []string
	var err error
	c.Takes(3*time.Second,
		func() { got, err = fetchall.All(context.Background(), []string{"A", "B", "C"}, fetch(c)) },
		func() {
			if want := []string{"page A", "page B", "page C"}; !slices.Equal(got, want) || err != nil {
				c.Wrong("All returns %q and %s, and not the pages A, B, C in this order", got, verify.TheError(err))
			}
		})
}

// failing fetches pages of which all that are called failed fail. All can
// return after want.
func failing(c *verify.C, want time.Duration, names []string, failed ...string) {
	var err error
	c.Takes(want,
		func() { _, err = fetchall.All(context.Background(), names, fetch(c)) },
		func() {
			for _, name := range failed {
				if own := ownError(name); !errors.Is(err, own) {
					c.Wrong("All returns %s, in which errors.Is does not find %q", verify.TheError(err), own)
				}
			}
			if errors.Is(err, context.Canceled) {
				c.Wrong("All returns %s: a page that was only told to stop has not failed", verify.TheError(err))
			}
		})
	c.Over()
}

// ownError is with what a page fails by itself.
func ownError(name string) error {
	if p := pages[name]; p.told != nil {
		return p.told
	}
	return pages[name].err
}

func one(c *verify.C) { failing(c, time.Second, []string{"A", "X", "C"}, "X") }

func two(c *verify.C) { failing(c, time.Second, []string{"X", "C", "Y"}, "X", "Y") }

func cleanup(c *verify.C) { failing(c, time.Second, []string{"D", "X"}, "D", "X") }

func deaf(c *verify.C) { failing(c, 3*time.Second, []string{"X", "Z"}, "X", "Z") }

func cancelled(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	time.AfterFunc(500*time.Millisecond, cancel)
	var err error
	c.Takes(500*time.Millisecond,
		func() { _, err = fetchall.All(ctx, []string{"A", "B"}, fetch(c)) },
		func() {
			if !errors.Is(err, context.Canceled) {
				c.Wrong("All returns %s when its caller cancels, and no page has come", verify.TheError(err))
			}
		})
	c.Over()
}

func none(c *verify.C) {
	if got, err := fetchall.All(context.Background(), nil, fetch(c)); len(got) > 0 || err != nil {
		c.Wrong("All returns %q and %s when there are no pages", got, verify.TheError(err))
	}
}
