// Package check says what must hold of the exercise punctual.
package check

import (
	"context"
	"sync"
	"time"

	punctual "gosyncio/lessons/eventloop/exercises/punctual/given"
	"gosyncio/lessons/verify"
	"gosyncio/lessons/verify/schedule"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "callbacks take no time", Func: "Run", Run: brief},
	{Name: "callbacks take their time", Func: "Run", Run: long},
	{Name: "two are due at the same moment", Func: "Run", Run: together},
	{Name: "there is no timer", Func: "Run", Run: none},
}

// A callback is due, and takes a time.
type callback struct {
	name       string
	due, takes time.Duration
}

// loop runs callbacks, the last of which is done after want.
func loop(c *verify.C, want time.Duration, callbacks ...callback) {
	var mu sync.Mutex
	called := map[string]time.Duration{}
	start := time.Now()
	var timers []punctual.Timer
	for _, cb := range callbacks {
		timers = append(timers, punctual.Timer{Due: cb.due, Call: func() {
			mu.Lock()
			called[cb.name] = time.Since(start)
			mu.Unlock()
			c.Wait(context.Background(), cb.name, cb.takes)
		}})
	}
	c.Takes(want, func() { punctual.Run(timers) }, nil)
	schedule.Quiet() // for what it has started just now
	for _, cb := range callbacks {
		switch n := c.Count(cb.name); {
		case n != 1:
			c.Wrong("Run calls %s %d times", cb.name, n)
		case called[cb.name] != cb.due:
			c.Wrong("Run calls %s after %v, but it is due after %v", cb.name, called[cb.name], cb.due)
		}
	}
}

func brief(c *verify.C) {
	loop(c, 3*time.Second, callback{"c", 3 * time.Second, 0}, callback{"a", time.Second, 0}, callback{"b", 2 * time.Second, 0})
}

func long(c *verify.C) {
	loop(c, 5*time.Second, callback{"b", 2 * time.Second, 3 * time.Second}, callback{"a", time.Second, 3 * time.Second}, callback{"c", 3 * time.Second, 0})
}

func together(c *verify.C) {
	loop(c, 3*time.Second, callback{"a", 2 * time.Second, time.Second}, callback{"b", 2 * time.Second, time.Second}, callback{"c", 0, 0})
}

func none(c *verify.C) {
	c.Takes(0, func() { punctual.Run(nil) }, nil)
}
