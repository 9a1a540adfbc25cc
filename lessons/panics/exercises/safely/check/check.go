// Package check says what must hold of the exercise safely.
package check

import (
	"context"
	"errors"
	"io"
	"runtime"
	"time"

	safely "gosyncio/lessons/panics/exercises/safely/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "f returns no error", Func: "Safely", Run: returned(nil)},
	{Name: "f returns an error", Func: "Safely", Run: returned(io.EOF)},
	{Name: "f panics with a text", Func: "Safely", Run: text},
	{Name: "f panics with an error", Func: "Safely", Run: wrapped},
	{Name: "f reads behind the end of a slice", Func: "Safely", Run: index},
	{Name: "one of two panics", Func: "Safely", Does: "working", Run: sibling},
}

func returned(want error) func(*verify.C) {
	return func(c *verify.C) {
		if err := call(c, func() error { return want }); err != want {
			c.Wrong("f returns %s, and Safely %s", verify.TheError(want), verify.TheError(err))
		}
	}
}

// call calls Safely, and says that a panic has come through it.
func call(c *verify.C, f func() error) error {
	through := true
	defer func() {
		if v := recover(); v != nil && through {
			c.Wrong("Safely panics as f does: %v", v)
		}
	}()
	err := safely.Safely(f)
	through = false
	return err
}

func text(c *verify.C) {
	err := call(c, func() error { panic("no route") })
	if want := "panic: no route"; err == nil || err.Error() != want {
		c.Wrong("f panics with \"no route\", and Safely returns %s, want the error %q", verify.TheError(err), want)
	}
}

func wrapped(c *verify.C) {
	err := call(c, func() error { panic(io.ErrUnexpectedEOF) })
	switch {
	case err == nil || err.Error() != "panic: unexpected EOF":
		c.Wrong("f panics with io.ErrUnexpectedEOF, and Safely returns %s, want the error %q", verify.TheError(err), "panic: unexpected EOF")
	case !errors.Is(err, io.ErrUnexpectedEOF):
		c.Wrong("f panics with io.ErrUnexpectedEOF, and errors.Is does not find it in the error %q", err)
	}
}

func index(c *verify.C) {
	prices := make([]int, 2)
	err := call(c, func() error {
		prices[len(prices)] = 1
		return nil
	})
	var bug runtime.Error
	if err == nil || !errors.As(err, &bug) {
		c.Wrong("f panics with a runtime.Error, and errors.As does not find it in what Safely returns, %s", verify.TheError(err))
	}
}

// sibling has one panic after a second, and the other is done after two.
func sibling(c *verify.C) {
	var bad, good error
	c.Takes(2*time.Second, func() {
		done := make(chan struct{})
		go func() {
			defer close(done)
			bad = call(c, func() error {
				c.Wait(context.Background(), "bad", time.Second)
				panic("no route")
			})
		}()
		good = call(c, func() error { return c.Wait(context.Background(), "good", 2*time.Second) })
		<-done
	}, nil)
	if bad == nil || good != nil {
		c.Wrong("One of two panics, and Safely returns %s for it, and %s for the other", verify.TheError(bad), verify.TheError(good))
	}
}
