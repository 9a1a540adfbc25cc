// Package check says what must hold of the exercise first.
package check

import (
	"context"
	"errors"
	"slices"
	"time"

	first "gosyncio/lessons/leaks/exercises/first/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "B answers first", Func: "First", Run: fastest},
	{Name: "the others take an hour, and do not listen", Func: "First", Run: deaf},
	{Name: "the others take a while to stop", Func: "First", Run: closing},
	{Name: "a server fails before there is an answer", Func: "First", Run: fastestFails},
	{Name: "a server fails after there is an answer", Func: "First", Run: failsLater},
	{Name: "all servers fail", Func: "First", Run: allFail},
	{Name: "ctx ends before there is an answer", Func: "First", Run: ends},
	{Name: "ctx ends, and no server listens", Func: "First", Run: endsDeaf},
	{Name: "there is one server", Func: "First", Run: one},
	{Name: "two answer at the same moment", Func: "First", Run: twoAtOnce},
	{Name: "the first answer is empty", Func: "First", Run: empty},
	{Name: "the servers answer at once", Func: "First", Run: noTime, AtOnce: true},
}

// A server takes its time, and fails if err is not nil.
type server struct {
	name   string
	takes  time.Duration
	err    error
	deaf   bool          // it does not end when ctx does
	closes time.Duration // how long it takes to end when ctx does
	empty  bool          // its answer is
}

// The errors of servers that fail.
var (
	errNoRoute = errors.New("no route to host")
	errRefused = errors.New("connection refused")
	errReset   = errors.New("connection reset")
)

// server makes a first.Server of s.
func (s server) server(c *verify.C) first.Server {
	return func(ctx context.Context) (string, error) {
		if s.deaf {
			ctx = context.WithoutCancel(ctx)
		}
		if err := c.Wait(ctx, s.name, s.takes); err != nil {
			if s.closes > 0 {
				c.Wait(context.WithoutCancel(ctx), "the end of "+s.name, s.closes)
			}
			return "", err
		}
		if s.err != nil || s.empty {
			return "", s.err
		}
		return s.name + "'s answer", nil
	}
}

// ask has servers asked, which takes want, and calls holds. Who listens must
// have ended soon after, and who does not must be able to.
func ask(ctx context.Context, c *verify.C, want time.Duration, servers []server, holds func(answer string, err error)) {
	var asked []first.Server
	var rest time.Duration
	for _, s := range servers {
		asked = append(asked, s.server(c))
		if s.deaf {
			rest = max(rest, s.takes)
		}
		rest = max(rest, s.closes)
	}
	var answer string
	var err error
	c.Takes(want,
		func() { answer, err = first.First(ctx, asked) },
		func() { holds(answer, err) })
	time.Sleep(rest)
	c.Over()
}

// answers says that it is not the answer of one of those that is returned.
func answers(c *verify.C, names ...string) func(string, error) {
	return func(answer string, err error) {
		is := func(name string) bool { return answer == name+"'s answer" }
		switch {
		case err != nil:
			c.Wrong("First returns the error %q, but %s answers first", err, names[0])
		case !slices.ContainsFunc(names, is):
			c.Wrong("First returns %q, but %s answers first", answer, names[0])
		}
	}
}

// fails says that it is not this error that is returned.
func fails(c *verify.C, want error) func(string, error) {
	return func(answer string, err error) {
		switch {
		case err == nil:
			c.Wrong("First returns %q and no error, but there is no answer", answer)
		case !errors.Is(err, want):
			c.Wrong("First returns the error %q, but should return %q", err, want)
		}
	}
}

func fastest(c *verify.C) {
	ask(context.Background(), c, time.Second, []server{
		{name: "A", takes: 3 * time.Second},
		{name: "B", takes: time.Second},
		{name: "C", takes: 2 * time.Second},
	}, answers(c, "B"))
}

func deaf(c *verify.C) {
	ask(context.Background(), c, time.Second, []server{
		{name: "A", takes: time.Hour, deaf: true},
		{name: "B", takes: time.Second},
		{name: "C", takes: time.Hour, deaf: true},
	}, answers(c, "B"))
}

func closing(c *verify.C) {
	ask(context.Background(), c, time.Second, []server{
		{name: "A", takes: 3 * time.Second, closes: 100 * time.Millisecond},
		{name: "B", takes: time.Second},
		{name: "C", takes: 2 * time.Second, closes: 100 * time.Millisecond},
	}, answers(c, "B"))
}

func fastestFails(c *verify.C) {
	ask(context.Background(), c, 2*time.Second, []server{
		{name: "A", takes: 3 * time.Second},
		{name: "B", takes: time.Second, err: errRefused},
		{name: "C", takes: 2 * time.Second},
	}, answers(c, "C"))
}

func failsLater(c *verify.C) {
	ask(context.Background(), c, time.Second, []server{
		{name: "A", takes: time.Second},
		{name: "B", takes: 2 * time.Second, err: errRefused, deaf: true},
		{name: "C", takes: 2 * time.Second, err: errReset, deaf: true},
	}, answers(c, "A"))
}

func allFail(c *verify.C) {
	ask(context.Background(), c, 3*time.Second, []server{
		{name: "A", takes: 3 * time.Second, err: errNoRoute},
		{name: "B", takes: time.Second, err: errRefused},
		{name: "C", takes: 2 * time.Second, err: errReset},
	}, fails(c, errNoRoute))
}

func ends(c *verify.C) {
	const limit = 1500 * time.Millisecond
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	ask(ctx, c, limit, []server{
		{name: "A", takes: 2 * time.Second},
		{name: "B", takes: time.Second, err: errRefused},
		{name: "C", takes: 3 * time.Second},
	}, fails(c, context.DeadlineExceeded))
}

func endsDeaf(c *verify.C) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	ask(ctx, c, time.Second, []server{
		{name: "A", takes: 2 * time.Second, deaf: true},
		{name: "B", takes: 3 * time.Second, deaf: true},
	}, fails(c, context.DeadlineExceeded))
}

func one(c *verify.C) {
	ask(context.Background(), c, time.Second, []server{
		{name: "A", takes: time.Second},
	}, answers(c, "A"))
}

func twoAtOnce(c *verify.C) {
	// Deaf, or the one might cancel the other at that moment.
	ask(context.Background(), c, time.Second, []server{
		{name: "A", takes: time.Second, deaf: true},
		{name: "B", takes: time.Second, deaf: true},
		{name: "C", takes: time.Second, deaf: true},
	}, answers(c, "A", "B", "C"))
}

func empty(c *verify.C) {
	ask(context.Background(), c, time.Second, []server{
		{name: "A", takes: 2 * time.Second},
		{name: "B", takes: time.Second, empty: true},
	}, func(answer string, err error) {
		if answer != "" || err != nil {
			c.Wrong("First returns %q and %s, but B answers first, with %q", answer, verify.TheError(err), "")
		}
	})
}

// noTime has all answer before anybody else need have gone on.
func noTime(c *verify.C) {
	says := func(answer string) first.Server {
		return func(context.Context) (string, error) { return answer, nil }
	}
	answer, err := first.First(context.Background(), []first.Server{says("A's answer"), says("B's answer"), says("C's answer")})
	answers(c, "A", "B", "C")(answer, err)
}
