// Package check says what must hold of the exercise future.
package check

import (
	"context"
	"slices"
	"sync"
	"time"

	future "gosyncio/lessons/coroutines/exercises/future/given"
	"gosyncio/lessons/verify"
	"gosyncio/lessons/verify/schedule"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "one result is awaited", Func: "Start", Does: "awaiting what was started", Run: once},
	{Name: "two functions run at the same time", Func: "Start", Does: "awaiting what was started", Run: two},
	{Name: "f has long been done when its result is awaited", Func: "Start", Does: "awaiting what was started", Run: late},
	{Name: "a result is awaited twice", Func: "Start", Does: "awaiting what was started", Run: twice},
	{Name: "several goroutines await one result", Func: "Start", Does: "awaiting what was started", Run: several},
	{Name: "nobody awaits the result", Func: "Start", Run: nobody},
}

// job is a function that takes a time, and returns its name's result.
func job(c *verify.C, name string, d time.Duration) func() string {
	return func() string {
		c.Wait(context.Background(), name, d)
		return name + "'s result"
	}
}

// start starts a job, which must begin, and take no time of the caller's.
func start(c *verify.C, name string, d time.Duration) (await func() string) {
	began := time.Now()
	await = future.Start(job(c, name, d))
	switch took := time.Since(began); {
	case await == nil:
		c.Wrong("Start returns nil")
	case took > 0:
		c.Wrong("Start returns only after %v, when %s is done, and not at once", took, name)
	}
	schedule.Quiet()
	if !slices.Contains(c.Calls(), name) {
		c.Wrong("Start has returned, and %s has not begun: it waits for somebody to await it", name)
	}
	return await
}

// awaits awaits the result of a job.
func awaits(c *verify.C, name string, await func() string) {
	if got, want := await(), name+"'s result"; got != want {
		c.Wrong("await returns %q for %s, but its result is %q", got, name, want)
	}
}

func once(c *verify.C) {
	c.Takes(time.Second, func() { awaits(c, "A", start(c, "A", time.Second)) }, nil)
}

func two(c *verify.C) {
	c.Takes(2*time.Second, func() {
		a, b := start(c, "A", 2*time.Second), start(c, "B", time.Second)
		awaits(c, "A", a)
		awaits(c, "B", b)
	}, nil)
}

func late(c *verify.C) {
	c.Takes(3*time.Second, func() {
		a := start(c, "A", time.Second)
		time.Sleep(3 * time.Second)
		awaits(c, "A", a)
	}, nil)
}

func twice(c *verify.C) {
	c.Takes(time.Second, func() {
		a := start(c, "A", time.Second)
		awaits(c, "A", a)
		awaits(c, "A", a)
	}, nil)
	if n := len(c.Calls()); n != 1 {
		c.Wrong("f is called %d times, but should be called once, however often it is awaited", n)
	}
}

func several(c *verify.C) {
	c.Takes(time.Second, func() {
		a := start(c, "A", time.Second)
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { awaits(c, "A", a) })
		}
		wg.Wait()
	}, nil)
}

func nobody(c *verify.C) {
	start(c, "A", time.Second)
	time.Sleep(2 * time.Second)
}
