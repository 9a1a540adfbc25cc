// Package check says what must hold of the exercise winner.
package check

import (
	"context"
	"errors"
	"slices"
	"time"

	winner "gosyncio/lessons/tasks/exercises/winner/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "no task fails", Func: "First", Run: fastest},
	{Name: "the fastest task fails", Func: "First", Run: fastestFails},
	{Name: "all tasks fail", Func: "First", Run: allFail},
	{Name: "there is one task", Func: "First", Run: one},
	{Name: "two tasks are done at the same moment", Func: "First", Run: twoAtOnce},
	{Name: "two tasks fail at the same moment", Func: "First", Run: twoFail},
	{Name: "ctx ends meanwhile", Func: "First", Run: ends},
	{Name: "a task that is cancelled has a result all the same", Func: "First", Run: lateResult},
	{Name: "the first result is empty", Func: "First", Run: empty},
}

// A task takes its time, and fails if err is not nil.
type task struct {
	name  string
	takes time.Duration
	err   error
	deaf  bool // it does not end when it is cancelled
	done  bool // it has its result even if it is cancelled
	empty bool // its result is
}

// The errors of tasks that fail.
var (
	errNoRoute = errors.New("no route to host")
	errRefused = errors.New("connection refused")
	errReset   = errors.New("connection reset")
)

// closing is how long a task takes to end when it is cancelled.
const closing = 100 * time.Millisecond

// run makes a task of t.
func (t task) run(c *verify.C) winner.Task {
	return func(ctx context.Context) (string, error) {
		if t.deaf {
			ctx = context.WithoutCancel(ctx)
		}
		if err := c.Wait(ctx, t.name, t.takes); err != nil {
			c.Wait(context.WithoutCancel(ctx), "the cleanup of "+t.name, closing)
			if !t.done {
				return "", err
			}
		}
		if t.err != nil || t.empty {
			return "", t.err
		}
		return t.name + "'s result", nil
	}
}

// first runs tasks, which takes want, and calls holds.
func first(ctx context.Context, c *verify.C, want time.Duration, tasks []task, holds func(result string, err error)) {
	var running []winner.Task
	for _, t := range tasks {
		running = append(running, t.run(c))
	}
	var result string
	var err error
	c.Takes(want,
		func() { result, err = winner.First(ctx, running) },
		func() { holds(result, err) })
	c.Over()
}

// wins says that it is not the result of one of the winners that is returned.
func wins(c *verify.C, winners ...string) func(string, error) {
	return func(result string, err error) {
		is := func(name string) bool { return result == name+"'s result" }
		switch {
		case err != nil:
			c.Wrong("First returns the error %q, but %s should win", err, winners[0])
		case !slices.ContainsFunc(winners, is):
			c.Wrong("First returns %q, but %s should win", result, winners[0])
		}
	}
}

// fails says that one of those errors is not returned.
func fails(c *verify.C, errs ...error) func(string, error) {
	return func(result string, err error) {
		if err == nil {
			c.Wrong("First returns %q and no error, but all tasks failed", result)
		}
		for _, want := range errs {
			if !errors.Is(err, want) {
				c.Wrong("First returns the error %q, but one task's error is missing: %q", err, want)
			}
		}
	}
}

func fastest(c *verify.C) {
	first(context.Background(), c, time.Second+closing, []task{
		{name: "A", takes: 3 * time.Second},
		{name: "B", takes: time.Second},
		{name: "C", takes: 2 * time.Second},
	}, wins(c, "B"))
}

func fastestFails(c *verify.C) {
	first(context.Background(), c, 2*time.Second+closing, []task{
		{name: "A", takes: 3 * time.Second},
		{name: "B", takes: time.Second, err: errNoRoute},
		{name: "C", takes: 2 * time.Second},
	}, wins(c, "C"))
}

func allFail(c *verify.C) {
	first(context.Background(), c, 3*time.Second, []task{
		{name: "A", takes: 3 * time.Second, err: errNoRoute},
		{name: "B", takes: time.Second, err: errRefused},
		{name: "C", takes: 2 * time.Second, err: errReset},
	}, fails(c, errNoRoute, errRefused, errReset))
}

func one(c *verify.C) {
	first(context.Background(), c, time.Second, []task{
		{name: "A", takes: time.Second},
	}, wins(c, "A"))
}

func twoAtOnce(c *verify.C) {
	// Deaf, or the one might cancel the other at that moment.
	first(context.Background(), c, time.Second, []task{
		{name: "A", takes: time.Second, deaf: true},
		{name: "B", takes: time.Second, deaf: true},
	}, wins(c, "A", "B"))
}

func twoFail(c *verify.C) {
	first(context.Background(), c, 2*time.Second, []task{
		{name: "A", takes: time.Second, err: errRefused},
		{name: "B", takes: time.Second, err: errNoRoute},
		{name: "C", takes: 2 * time.Second},
	}, wins(c, "C"))
}

func ends(c *verify.C) {
	const limit = 1500 * time.Millisecond
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	first(ctx, c, limit+closing, []task{
		{name: "A", takes: 2 * time.Second},
		{name: "B", takes: time.Second, err: errRefused},
		{name: "C", takes: 3 * time.Second},
	}, fails(c, context.DeadlineExceeded, errRefused))
}

func lateResult(c *verify.C) {
	first(context.Background(), c, time.Second+closing, []task{
		{name: "A", takes: 3 * time.Second, done: true},
		{name: "B", takes: time.Second},
	}, wins(c, "B"))
}

func empty(c *verify.C) {
	first(context.Background(), c, time.Second+closing, []task{
		{name: "A", takes: 3 * time.Second},
		{name: "B", takes: time.Second, empty: true},
		{name: "C", takes: 2 * time.Second, done: true},
	}, func(result string, err error) {
		if result != "" || err != nil {
			c.Wrong("First returns %q and %s, but B should win, which has no error and the result %q", result, verify.TheError(err), "")
		}
	})
}
