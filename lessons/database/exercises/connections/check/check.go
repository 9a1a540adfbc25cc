// Package check says what must hold of the exercise connections.
package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	connections "gosyncio/lessons/database/exercises/connections/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "one query is asked", Func: "Limit", Run: one},
	{Name: "six queries share two connections", Func: "Limit", Does: "Asking six queries", Run: six},
	{Name: "queries fail", Func: "Limit", Does: "Asking six queries, two of which fail,", Run: failing},
	{Name: "ctx ends while a query waits", Func: "Limit", Run: ended},
	{Name: "two databases have a limit each", Func: "Limit", Does: "Asking two databases at once", Run: two},
	{Name: "ctx ends while a query is under way", Func: "Limit", Run: underWay},
}

var errNoTable = errors.New("no such table")

// asked is a database that takes a second for every query.
func asked(c *verify.C) func(context.Context, string) (string, error) {
	return func(ctx context.Context, q string) (string, error) {
		if err := c.Wait(ctx, "query "+q, time.Second); err != nil {
			return "", err
		}
		if q == "missing" {
			return "", errNoTable
		}
		return "answer to " + q, nil
	}
}

func one(c *verify.C) {
	query := connections.Limit(1, asked(c))
	answer, err := query(context.Background(), "A")
	if answer != "answer to A" || err != nil {
		c.Wrong("The query A returns %q and %s, but the database answers %q", answer, verify.TheError(err), "answer to A")
	}
	answer, err = query(context.Background(), "missing")
	if !errors.Is(err, errNoTable) {
		c.Wrong("A query returns %q and %s, but the database's error is %q", answer, verify.TheError(err), errNoTable)
	}
}

// all asks everything at once.
func all(ctx context.Context, queries []string, query func(context.Context, string) (string, error)) {
	var wg sync.WaitGroup
	for _, q := range queries {
		wg.Go(func() { query(ctx, q) })
	}
	wg.Wait()
}

// within says that more queries than limit were under way at once.
func within(c *verify.C, limit int) {
	if most := c.Most(); most > limit {
		c.Wrong("%d queries were under way at once, but the limit is %d", most, limit)
	}
}

func six(c *verify.C) {
	query := connections.Limit(2, asked(c))
	c.Takes(3*time.Second,
		func() {
			all(context.Background(), []string{"A", "B", "C", "D", "E", "F"}, query)
			within(c, 2)
		},
		func() {
			calls := c.Calls()
			slices.Sort(calls)
			if want := []string{"query A", "query B", "query C", "query D", "query E", "query F"}; !slices.Equal(calls, want) {
				c.Wrong("The database was asked %q, but should be asked %q", calls, want)
			}
		})
}

func failing(c *verify.C) {
	query := connections.Limit(2, asked(c))
	c.Takes(3*time.Second,
		func() {
			all(context.Background(), []string{"missing", "missing"}, query)
			all(context.Background(), []string{"A", "B", "C", "D"}, query)
			within(c, 2)
		}, nil)
}

func ended(c *verify.C) {
	query := connections.Limit(1, asked(c))
	go query(context.Background(), "A")
	time.Sleep(100 * time.Millisecond)
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	before := time.Now()
	_, err := query(ctx, "B")
	took := time.Since(before)
	switch {
	case len(c.Calls()) > 1:
		c.Wrong("B was asked when its ctx had ended, %v after it had been called", took)
	case took > 300*time.Millisecond:
		c.Wrong("B waits %v for a place, but its ctx ended after 300ms", took)
	case !errors.Is(err, context.DeadlineExceeded):
		c.Wrong("B returns %s when its ctx ends while it waits, but should return ctx.Err(), %q", verify.TheError(err), context.DeadlineExceeded)
	}
	all(context.Background(), []string{"C", "D"}, query) // has B given back a place that it never had?
	within(c, 1)
	time.Sleep(time.Minute)
}

func two(c *verify.C) {
	c.Takes(time.Second, func() {
		var wg sync.WaitGroup
		for i := range 2 {
			query := connections.Limit(1, asked(c))
			wg.Go(func() { query(context.Background(), fmt.Sprint("of database ", i+1)) })
		}
		wg.Wait()
	}, nil)
}

// underWay has a query that ends with its ctx, and gives its place back.
func underWay(c *verify.C) {
	query := connections.Limit(1, asked(c))
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	query(ctx, "A")
	query(context.Background(), "B")
	within(c, 1)
}
