// Package check says what must hold of the exercise bounded.
package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	bounded "gosyncio/lessons/fetch/exercises/bounded/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "all pages take the same time", Func: "All", Run: equal},
	{Name: "one page takes long", Func: "All", Run: uneven},
	{Name: "limit is 1", Func: "All", Run: oneAtATime},
	{Name: "there is room for all", Func: "All", Run: room},
	{Name: "a page fails", Func: "All", Run: oneFails},
	{Name: "the last page fails", Func: "All", Run: lastFails},
	{Name: "two pages fail at the same moment", Func: "All", Run: twoFail},
	{Name: "ctx ends meanwhile", Func: "All", Run: ends},
	{Name: "ctx has ended before", Func: "All", Run: ended},
	{Name: "there is no page to fetch", Func: "All", Run: none},
	{Name: "All is called twice at the same time", Func: "All", Does: "All, called twice at the same time,", Run: twice},
}

// A page takes its time, and fails if err is not nil.
type page struct {
	takes time.Duration
	err   error
	deaf  bool // it does not end when it is cancelled
}

// The errors of pages that fail.
var (
	errGone = errors.New("410 Gone")
	errBusy = errors.New("503 Service Unavailable")
)

// closing is how long a fetch takes to end when it is cancelled.
const closing = 100 * time.Millisecond

// A fetched is a call of All.
type fetched struct {
	c      *verify.C
	urls   []string
	limit  int
	bodies []string
	err    error
	late   *atomic.Pointer[string] // a page that was to be fetched with a context that had ended; nil if none was
}

// fetch fetches pages page1, page2 and so on, which takes want, and then
// calls holds.
func fetch(c *verify.C, ctx context.Context, want time.Duration, limit int, pages []page, holds func(fetched)) {
	f := fetched{c: c, limit: limit, late: new(atomic.Pointer[string])}
	byURL := map[string]page{}
	for i, p := range pages {
		url := fmt.Sprint("page", i+1)
		f.urls, byURL[url] = append(f.urls, url), p
	}
	one := func(ctx context.Context, url string) (string, error) {
		if ctx.Err() != nil {
			f.late.CompareAndSwap(nil, &url)
			return "", ctx.Err() // it does not even begin
		}
		p := byURL[url]
		if p.deaf {
			ctx = context.WithoutCancel(ctx)
		}
		if err := c.Wait(ctx, url, p.takes); err != nil {
			c.Wait(context.WithoutCancel(ctx), closingOf+url, closing)
			return "", err
		}
		if p.err != nil {
			return "", p.err
		}
		return url + "'s body", nil
	}
	c.Takes(want,
		func() { f.bodies, f.err = bounded.All(ctx, f.urls, limit, one) },
		func() {
			if most := c.Most(); most > limit {
				c.Wrong("All has %d fetches under way at once, but limit is %d", most, limit)
			}
			f.inOrder()
			holds(f)
		})
	c.Over()
}

// begun are the pages whose fetch began, in that order.
func (f fetched) begun() []string {
	return slices.DeleteFunc(f.c.Calls(), func(call string) bool { return strings.HasPrefix(call, closingOf) })
}

// inOrder says that a page was begun before its turn. Those for which there
// is room at the same moment may begin in any order.
func (f fetched) inOrder() {
	begun := f.begun()
	for n, url := range begun {
		if slices.Index(f.urls, url) < n+f.limit {
			continue
		}
		for _, earlier := range f.urls {
			if !slices.Contains(begun[:n], earlier) {
				f.c.Wrong("All begins to fetch %s before %s, with a limit of %d: the order of urls counts", url, earlier, f.limit)
			}
		}
	}
}

// closingOf begins the name of the end of a fetch that is cancelled.
const closingOf = "the cleanup of "

// all says that not all bodies are there.
func all(f fetched) {
	if f.err != nil {
		f.c.Wrong("All returns the error %q, but no page failed", f.err)
	}
	bodies := make([]string, len(f.urls))
	for i, url := range f.urls {
		bodies[i] = url + "'s body"
	}
	if !slices.Equal(f.bodies, bodies) {
		f.c.Wrong("All returns %q, but %q were asked for, in this order", f.bodies, f.urls)
	}
}

// fails says that it is not one of those errors that is returned, or that
// pages were fetched behind the last of those that may be.
func fails(last string, errs ...error) func(fetched) {
	return func(f fetched) {
		is := func(err error) bool { return errors.Is(f.err, err) }
		known := []error{errGone, errBusy, context.Canceled, context.DeadlineExceeded}
		switch {
		case f.err == nil:
			f.c.Wrong("All returns no error, but there was one: %q", errs[0])
		case !slices.ContainsFunc(errs, is):
			f.c.Wrong("All returns the error %q, but the first was %q", f.err, errs[0])
		case len(slices.DeleteFunc(known, func(err error) bool { return !is(err) })) > 1:
			f.c.Wrong("All returns the error %q, but should return the first error alone", f.err)
		case len(f.bodies) > 0:
			f.c.Wrong("All returns %q beside the error %q, but should return no bodies then", f.bodies, f.err)
		}
		for _, url := range f.begun() {
			if slices.Index(f.urls, url) > slices.Index(f.urls, last) {
				f.c.Wrong("All begins to fetch %s after the first error", url)
			}
		}
	}
}

func seconds(takes ...int) []page {
	pages := make([]page, len(takes))
	for i, s := range takes {
		pages[i].takes = time.Duration(s) * time.Second
	}
	return pages
}

func equal(c *verify.C) {
	fetch(c, context.Background(), 3*time.Second, 2, seconds(1, 1, 1, 1, 1), all)
}

func uneven(c *verify.C) {
	fetch(c, context.Background(), 4*time.Second, 2, seconds(4, 1, 2, 1), all)
}

func oneAtATime(c *verify.C) {
	fetch(c, context.Background(), 3*time.Second, 1, seconds(1, 1, 1), all)
}

func room(c *verify.C) {
	fetch(c, context.Background(), 3*time.Second, 5, seconds(2, 1, 3), all)
}

func oneFails(c *verify.C) {
	pages := seconds(5, 1, 1, 1)
	pages[1].err = errGone
	fetch(c, context.Background(), time.Second+closing, 2, pages, func(f fetched) {
		fails("page2", errGone)(f)
		if url := f.late.Load(); url != nil { // its room is only there since the error
			c.Wrong("All begins to fetch %s after the first error", *url)
		}
	})
}

func lastFails(c *verify.C) {
	pages := seconds(1, 5, 2)
	pages[2].err = errGone
	fetch(c, context.Background(), 3*time.Second+closing, 2, pages, fails("page3", errGone))
}

func twoFail(c *verify.C) {
	pages := seconds(1, 1, 1, 1)
	pages[0].err, pages[1].err = errGone, errBusy
	pages[0].deaf, pages[1].deaf = true, true // or the one might cancel the other at that moment
	fetch(c, context.Background(), time.Second, 2, pages, fails("page4", errGone, errBusy))
}

func ends(c *verify.C) {
	const limit = 1500 * time.Millisecond
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	fetch(c, ctx, limit+closing, 2, seconds(1, 3, 3, 1, 1), fails("page3", context.DeadlineExceeded))
}

func ended(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	fetch(c, ctx, 0, 2, seconds(1, 1, 1), fails("", context.Canceled))
}

func none(c *verify.C) {
	fetch(c, context.Background(), 0, 2, nil, all)
}

// twice has a second call that begins while the first waits for room.
func twice(c *verify.C) {
	call := func(name string) {
		f := fetched{c: c, limit: 2}
		for i := range 3 {
			f.urls = append(f.urls, fmt.Sprintf("%s's page%d", name, i+1))
		}
		f.bodies, f.err = bounded.All(context.Background(), f.urls, f.limit, func(ctx context.Context, url string) (string, error) {
			return url + "'s body", c.Wait(ctx, url, time.Second)
		})
		all(f)
	}
	c.Takes(2500*time.Millisecond, func() {
		var wg sync.WaitGroup
		wg.Go(func() {
			time.Sleep(500 * time.Millisecond)
			call("B")
		})
		call("A")
		wg.Wait()
	}, nil)
}
