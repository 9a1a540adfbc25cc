// Package check says what must hold of the exercise abandon.
package check

import (
	"context"
	"errors"
	"time"

	abandon "gosyncio/lessons/database/exercises/abandon/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "there is an answer", Func: "Query", Run: answered},
	{Name: "the query fails", Func: "Query", Run: fails},
	{Name: "ctx ends before the answer", Func: "Query", Does: "Query, whose ctx ends after 1s,", Run: late},
	{Name: "ctx is cancelled before the query fails", Func: "Query", Does: "Query, whose ctx is cancelled after 1s,", Run: lateFailure},
	{Name: "ctx has ended before", Func: "Query", Does: "Query, whose ctx has ended before,", Run: ended},
	{Name: "ctx lasts just longer than the query", Func: "Query", Run: inTime},
	{Name: "the query has its answer at once", Func: "Query", Run: atOnce, AtOnce: true},
}

const takes = 3 * time.Second // the query

var errLocked = errors.New("the database is locked")

// blocks is a driver's call, which knows no ctx.
func blocks(c *verify.C, answer string, err error) func() (string, error) {
	return func() (string, error) {
		c.Wait(context.Background(), "the query", takes)
		return answer, err
	}
}

func answered(c *verify.C) {
	answers(context.Background(), c)
}

func inTime(c *verify.C) {
	ctx, cancel := context.WithTimeout(context.Background(), takes+time.Millisecond)
	defer cancel()
	answers(ctx, c)
}

// answers asks a query that has an answer before ctx ends.
func answers(ctx context.Context, c *verify.C) {
	var answer string
	var err error
	c.Takes(takes,
		func() { answer, err = abandon.Query(ctx, blocks(c, "42", nil)) },
		func() {
			if answer != "42" || err != nil {
				c.Wrong("Query returns %q and %s, but the query's answer is %q", answer, verify.TheError(err), "42")
			}
		})
}

func fails(c *verify.C) {
	var answer string
	var err error
	c.Takes(takes,
		func() { answer, err = abandon.Query(context.Background(), blocks(c, "", errLocked)) },
		func() {
			if !errors.Is(err, errLocked) {
				c.Wrong("Query returns %q and %s, but the query fails with %q", answer, verify.TheError(err), errLocked)
			}
		})
}

func late(c *verify.C) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	gives(ctx, c, context.DeadlineExceeded, blocks(c, "42", nil))
}

func lateFailure(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(time.Second, cancel)
	gives(ctx, c, context.Canceled, blocks(c, "", errLocked))
}

// gives asks a query that is over when ctx has ended after a second, because
// of want. Nothing but what Query does is between the two.
func gives(ctx context.Context, c *verify.C, want error, query func() (string, error)) {
	var answer string
	var err error
	c.Takes(time.Second, func() { answer, err = abandon.Query(ctx, query) }, nil)
	if !errors.Is(err, want) {
		c.Wrong("Query returns %q and %s, but ctx ended first, with the error %q", answer, verify.TheError(err), want)
	}
	time.Sleep(time.Hour) // the query is over; time ends with the check
}

// ended has a ctx that has ended when Query is called.
func ended(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var answer string
	var err error
	c.Takes(0, func() { answer, err = abandon.Query(ctx, blocks(c, "42", nil)) }, nil)
	if !errors.Is(err, context.Canceled) {
		c.Wrong("Query returns %q and %s, but ctx had ended before, with the error %q", answer, verify.TheError(err), context.Canceled)
	}
	time.Sleep(time.Hour)
}

// atOnce has a query that is over before anybody else need have gone on.
func atOnce(c *verify.C) {
	answer, err := abandon.Query(context.Background(), func() (string, error) { return "42", nil })
	if answer != "42" || err != nil {
		c.Wrong("Query returns %q and %s, but the query's answer is %q", answer, verify.TheError(err), "42")
	}
}
