// Package check says what must hold of the exercise metronome.
package check

import (
	"context"
	"fmt"
	"sync"
	"time"

	metronome "gosyncio/lessons/eventloop/exercises/metronome/given"
	"gosyncio/lessons/verify"
	"gosyncio/lessons/verify/schedule"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "calls are shorter than a period", Func: "Every", Run: beat(time.Second, 4500*time.Millisecond, 300*time.Millisecond)},
	{Name: "calls take no time", Func: "Every", Run: beat(time.Second, 3500*time.Millisecond, 0)},
	{Name: "calls are longer than a period", Func: "Every", Run: beat(time.Second, 4500*time.Millisecond, 2200*time.Millisecond)},
	{Name: "ctx ends before the first call", Func: "Every", Run: beat(time.Hour, time.Second, 0)},
	{Name: "ctx has ended before", Func: "Every", Run: beat(time.Second, 0, 0)},
}

// beat has calls of Every take a time, and ends ctx after limit.
func beat(period, limit, takes time.Duration) func(*verify.C) {
	return func(c *verify.C) {
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		defer cancel()
		begins := calls{start: time.Now()}
		c.Takes(end(period, limit, takes),
			func() {
				metronome.Every(ctx, period, func(n int) {
					begins.add(n)
					if takes > 0 {
						c.Wait(context.Background(), fmt.Sprint("call ", n), takes)
					}
				})
			},
			func() { begins.hold(c, period, limit) })
	}
}

// end is when ctx has ended and the last call is done.
func end(period, limit, takes time.Duration) time.Duration {
	last := limit.Truncate(period)
	if last == 0 {
		return limit
	}
	return max(limit, last+takes)
}

// calls are those that Every made.
type calls struct {
	start time.Time

	mu   sync.Mutex
	made []made
}

// A made is a call: its number, and when it began.
type made struct {
	n  int
	at time.Duration
}

func (cs *calls) add(n int) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.made = append(cs.made, made{n, time.Since(cs.start)})
}

// hold says which call is not made when it is due.
func (cs *calls) hold(c *verify.C, period, limit time.Duration) {
	schedule.Quiet() // for what has just begun
	cs.mu.Lock()
	defer cs.mu.Unlock()
	for i, m := range cs.made {
		n, due := i+1, time.Duration(i+1)*period
		switch {
		case due > limit:
			c.Wrong("Every makes a call after %v, but ctx ended after %v", m.at, limit)
		case m.at != due:
			c.Wrong("Every makes call %d after %v, but it is due after %v", n, m.at, due)
		case m.n != n:
			c.Wrong("Every passes %d to call %d", m.n, n)
		}
	}
	if n := int(limit / period); len(cs.made) < n {
		c.Wrong("Every makes %d calls, but %d were due before ctx ended", len(cs.made), n)
	}
}
