// Package check says what must hold of the exercise nap.
package check

import (
	"context"
	"errors"
	"time"

	"gosyncio/lessons/timeouts/exercises/nap/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "the sleep is shorter than the limit", Func: "Sleep", Run: inTime},
	{Name: "the limit is shorter than the sleep", Func: "Sleep", Run: tooLong},
	{Name: "nobody has set a limit", Func: "Sleep", Run: noLimit},
	{Name: "ctx is cancelled meanwhile", Func: "Sleep", Run: cancelled},
	{Name: "the limit has a cause", Func: "Sleep", Run: caused},
	{Name: "ctx has ended already", Func: "Sleep", Run: ended},
	{Name: "there is nothing to sleep, and ctx has ended already", Func: "Sleep", Run: nothing},
}

// sleeps calls Sleep, which must take want and return the error why.
func sleeps(c *verify.C, ctx context.Context, d, want time.Duration, why error) {
	var err error
	c.Takes(want, func() { err = nap.Sleep(ctx, d) }, func() {
		switch {
		case errors.Is(err, why): // nil is nil, too
		case why == nil:
			c.Wrong("Sleep slept to its end, and returns %s", verify.TheError(err))
		default:
			c.Wrong("Sleep returns %s, and context.Cause(ctx) is %q", verify.TheError(err), why)
		}
	})
}

func inTime(c *verify.C) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	sleeps(c, ctx, time.Second, time.Second, nil)
}

func tooLong(c *verify.C) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	sleeps(c, ctx, time.Hour, time.Second, context.DeadlineExceeded)
}

func noLimit(c *verify.C) {
	sleeps(c, context.Background(), time.Hour, time.Hour, nil)
}

// odd is a time at which nobody looks who looks now and then.
const odd = 1234 * time.Millisecond

func cancelled(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(odd, cancel)
	sleeps(c, ctx, time.Hour, odd, context.Canceled)
}

// errShift is a cause that is no error of package context.
var errShift = errors.New("the night shift is over")

func caused(c *verify.C) {
	ctx, cancel := context.WithTimeoutCause(context.Background(), time.Second, errShift)
	defer cancel()
	sleeps(c, ctx, time.Hour, time.Second, errShift)
}

func ended(c *verify.C) {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errShift)
	sleeps(c, ctx, time.Hour, 0, errShift)
}

// nothing is tried so often that chance does not pass.
func nothing(c *verify.C) {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errShift)
	for range 100 {
		sleeps(c, ctx, 0, 0, errShift)
	}
}
