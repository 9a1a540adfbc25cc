// Package check says what must hold of the exercise producers.
package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	producers "gosyncio/lessons/channels/exercises/producers/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "three sources send at their own pace", Func: "Merge", Does: "Receiving all items", Run: paces},
	{Name: "there is no source", Func: "Merge", Does: "Receiving until the channel is closed", Run: none},
	{Name: "there is room for 2 items", Func: "Merge", Run: heldUp(2, 1)},
	{Name: "there is no room", Func: "Merge", Run: heldUp(0, 1)},
	{Name: "two sources share room for 3 items", Func: "Merge", Run: heldUp(3, 2)},
	{Name: "there is room for all, and nobody receives for an hour", Func: "Merge", Run: later},
}

// sends is how many items a source has that sends as quickly as it can, and
// each how long the receiver needs for one.
const (
	sends = 5
	each  = 300 * time.Millisecond
)

// A merge is one call of Merge.
type merge struct {
	c        *verify.C
	room     int
	sources  []func(send func(string))
	want     []string // all items, those of a source in its order
	underWay atomic.Int32
}

// source adds a source of so many items, each of which takes a time.
func (m *merge) source(name string, count int, wait time.Duration) {
	var items []string
	for n := range count {
		items = append(items, fmt.Sprint(name, n+1))
	}
	m.want = append(m.want, items...)
	m.underWay.Add(1)
	m.sources = append(m.sources, func(send func(string)) {
		defer m.underWay.Add(-1)
		for _, item := range items {
			if wait > 0 {
				m.c.Wait(context.Background(), "item "+item, wait)
			}
			send(item)
		}
	})
}

// begin calls Merge.
func (m *merge) begin() <-chan string {
	start := time.Now()
	items := producers.Merge(m.room, m.sources...)
	if took := time.Since(start); took > 0 {
		m.c.Wrong("Merge returns after %v, and should return at once", took)
	}
	if items == nil {
		m.c.Wrong("Merge returns nil, and no channel")
	}
	return items
}

// receive handles items until the channel is closed, each in a time.
func (m *merge) receive(items <-chan string, each time.Duration) (got []string) {
	late := time.After(time.Hour) // by then all is sent
	for {
		select {
		case item, ok := <-items:
			if !ok {
				m.holds(got)
				return got
			}
			got = append(got, item)
			time.Sleep(each)
		case <-late:
			m.c.Wrong("The channel gave %d of %d items, and is never closed", len(got), len(m.want))
		}
	}
}

// holds says what is wrong with the items, when the channel is closed.
func (m *merge) holds(got []string) {
	if n := m.underWay.Load(); n > 0 {
		time.Sleep(time.Hour) // whoever still sends panics
		m.c.Wrong("The channel is closed, and %d of %d sources had not returned", n, len(m.sources))
	}
	before := map[string]string{}
	for i, item := range got {
		source := strings.TrimRight(item, "0123456789")
		switch {
		case !slices.Contains(m.want, item):
			m.c.Wrong("The channel gives %q, which no source has sent", item)
		case slices.Contains(got[:i], item):
			m.c.Wrong("The channel gives %q twice", item)
		case item < before[source]:
			m.c.Wrong("The channel gives %q after %q, and it was sent before it", item, before[source])
		}
		before[source] = item
	}
	for _, item := range m.want {
		if !slices.Contains(got, item) {
			m.c.Wrong("The channel is closed, and did not give %q", item)
		}
	}
}

// paces has the slowest source take 3 s.
func paces(c *verify.C) {
	m := &merge{c: c}
	m.source("A", 3, time.Second)
	m.source("B", 1, 2500*time.Millisecond)
	m.source("C", 2, 700*time.Millisecond)
	c.Takes(3*time.Second, func() { m.receive(m.begin(), 0) }, nil)
}

func none(c *verify.C) {
	m := &merge{c: c, room: 1}
	c.Takes(0, func() { m.receive(m.begin(), 0) }, nil)
}

// heldUp has sources that send as quickly as they can. The last send is over
// when only so many items as there is room for are not yet received.
func heldUp(room, sources int) func(*verify.C) {
	return func(c *verify.C) {
		m := &merge{c: c, room: room}
		for n := range sources {
			m.source(string(rune('A'+n)), sends, 0)
		}
		start := time.Now()
		done := make(chan time.Duration, sources)
		for i, source := range m.sources {
			m.sources[i] = func(send func(string)) {
				source(send)
				done <- time.Since(start)
			}
		}
		m.receive(m.begin(), each)
		var last time.Duration
		for range sources {
			last = max(last, <-done)
		}
		count := sources * sends
		want := time.Duration(max(0, count-1-room)) * each
		switch {
		case last < want:
			c.Wrong("A receiver needs %v for each of %d items; the last send is over after %v, so there is more room than for %d: it should wait until %v", each, count, last, room, want)
		case last > want:
			c.Wrong("A receiver needs %v for each of %d items; the last send is over after %v, so there is less room than for %d: it should be over at %v", each, count, last, room, want)
		}
	}
}

// later has all items lie in the channel before anybody receives.
func later(c *verify.C) {
	m := &merge{c: c, room: 2 * sends}
	m.source("A", sends, time.Second)
	m.source("B", sends, 0)
	items := m.begin()
	time.Sleep(time.Hour)
	if n := m.underWay.Load(); n > 0 {
		c.Wrong("There is room for all items, and %d sources have not returned after an hour", n)
	}
	m.receive(items, 0)
}
