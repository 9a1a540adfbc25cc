// Package check says what must hold of the exercise pages.
package check

import (
	"context"
	"errors"
	"time"

	pages "gosyncio/lessons/fetch/exercises/pages/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "no page fails", Func: "All", Run: allThere},
	{Name: "one page fails", Func: "All", Run: oneFails},
	{Name: "two pages fail at the same moment", Func: "All", Run: twoFail},
	{Name: "there is no page to fetch", Func: "All", Run: none},
	{Name: "ctx ends meanwhile", Func: "All", Run: cancelled},
}

// A page takes its time, and fails if err is not nil.
type page struct {
	url   string
	takes time.Duration
	err   error
}

// The errors of pages that fail.
var (
	errGone  = errors.New("410 Gone")
	errBusy  = errors.New("503 Service Unavailable")
	errProxy = errors.New("502 Bad Gateway")
)

// fetch fetches those pages, which takes want.
func fetch(ctx context.Context, c *verify.C, want time.Duration, asked ...page) {
	byURL := map[string]page{}
	var urls []string
	for _, p := range asked {
		urls, byURL[p.url] = append(urls, p.url), p
	}
	one := func(ctx context.Context, url string) (string, error) {
		p := byURL[url]
		if err := c.Wait(ctx, url, p.takes); err != nil {
			return "", err
		}
		if p.err != nil {
			return "", p.err
		}
		return url + "'s body", nil
	}
	var got []pages.Page
	c.Takes(want,
		func() { got = pages.All(ctx, urls, one) },
		func() { holds(c, got, asked) })
}

// holds says which page is not as it was fetched.
func holds(c *verify.C, got []pages.Page, asked []page) {
	if len(got) != len(asked) {
		c.Wrong("All returns %d pages, but %d were asked for", len(got), len(asked))
	}
	for i, p := range asked {
		g, body := got[i], ""
		if p.err == nil {
			body = p.url + "'s body"
		}
		switch {
		case g.URL != p.url:
			c.Wrong("All returns %q at index %d, but %s was asked for", g.URL, i, p.url)
		case p.err == nil && g.Err != nil:
			c.Wrong("All returns the error %q for %s, but it did not fail", g.Err, p.url)
		case g.Body != body:
			c.Wrong("All returns the body %q for %s, but fetch returned %q", g.Body, p.url, body)
		case !errors.Is(g.Err, p.err):
			c.Wrong("All returns %s for %s, but fetch returned %q", verify.TheError(g.Err), p.url, p.err)
		}
	}
}

func allThere(c *verify.C) {
	fetch(context.Background(), c, 3*time.Second,
		page{"page1", 2 * time.Second, nil}, page{"page2", time.Second, nil}, page{"page3", 3 * time.Second, nil})
}

func oneFails(c *verify.C) {
	fetch(context.Background(), c, 3*time.Second,
		page{"page1", 2 * time.Second, nil}, page{"page2", time.Second, errGone}, page{"page3", 3 * time.Second, nil})
}

func twoFail(c *verify.C) {
	fetch(context.Background(), c, 2*time.Second,
		page{"page1", time.Second, errBusy}, page{"page2", 2 * time.Second, nil}, page{"page3", time.Second, errProxy})
}

func none(c *verify.C) {
	fetch(context.Background(), c, 0)
}

func cancelled(c *verify.C) {
	const limit = 1500 * time.Millisecond
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	fetch(ctx, c, limit,
		page{"page1", 2 * time.Second, context.DeadlineExceeded}, page{"page2", time.Second, nil}, page{"page3", time.Second, errGone})
}
