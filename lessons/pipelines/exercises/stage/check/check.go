// Package check says what must hold of the exercise stage.
package check

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	stage "gosyncio/lessons/pipelines/exercises/stage/given"
	"gosyncio/lessons/verify"
	"gosyncio/lessons/verify/schedule"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "10 items pass one stage", Func: "Stage", Does: "Passing 10 items through one stage", Run: passes(1, time.Second)},
	{Name: "10 items pass three stages", Func: "Stage", Does: "Passing 10 items through three stages", Run: passes(3, 1200*time.Millisecond)},
	{Name: "there are no items", Func: "Stage", Run: none},
	{Name: "an item comes every second", Func: "Stage", Run: soon},
	{Name: "nobody receives", Func: "Stage", Run: unread},
	{Name: "the reader stops after 3 of 10 items, and ctx ends", Func: "Stage", Run: leaves},
	{Name: "no item comes, and ctx ends", Func: "Stage", Run: idle},
	{Name: "ctx ends while f works", Func: "Stage", Run: working},
	{Name: "ctx has ended before", Func: "Stage", Run: late},
	{Name: "ctx ends and somebody receives later", Func: "Stage", Run: closes},
}

const each = 100 * time.Millisecond

// A pipeline is one or more stages, one behind the other.
type pipeline struct {
	c       *verify.C
	working []atomic.Bool // an item is in that stage's f, now
}

// begin starts the stages. What comes out is what goes in, times ten for each
// of them.
func begin(c *verify.C, ctx context.Context, stages int, in <-chan int) <-chan int {
	p := &pipeline{c: c, working: make([]atomic.Bool, stages)}
	start := time.Now()
	for n := range stages {
		in = stage.Stage(ctx, in, func(item int) int { return p.work(n, item) })
		if in == nil {
			c.Wrong("Stage returns nil, and no channel")
		}
	}
	if took := time.Since(start); took > 0 {
		c.Wrong("Stage returns after %v, but should return at once", took)
	}
	return in
}

// work is f of stage n.
func (p *pipeline) work(n, item int) int {
	if p.working[n].Swap(true) {
		p.c.Wrong("f is called while another call of it is under way")
	}
	defer p.working[n].Store(false)
	p.c.Wait(context.Background(), fmt.Sprintf("f of stage %d", n+1), each)
	return 10 * item
}

// items is a channel that holds the items from 1 on, and is closed.
func items(count int) <-chan int {
	in := make(chan int, count)
	for n := range count {
		in <- n + 1
	}
	close(in)
	return in
}

// receive receives until the channel is closed.
func receive(c *verify.C, out <-chan int) (got []int) {
	late := time.After(time.Hour) // by then all is done
	for {
		select {
		case result, ok := <-out:
			if !ok {
				return got
			}
			got = append(got, result)
		case <-late:
			c.Wrong("The channel is never closed, and gives no more after %d results", len(got))
		}
	}
}

// results says what is wrong with the results of all items.
func results(c *verify.C, got []int, count, stages int) {
	factor := 1
	for range stages {
		factor *= 10
	}
	var want []int
	for n := range count {
		want = append(want, factor*(n+1))
	}
	sorted := slices.Clone(got)
	slices.Sort(sorted)
	switch {
	case slices.Equal(got, want):
	case slices.Equal(sorted, want):
		c.Wrong("The channel gives the results in the order %v, but the items came in the order of %v", got, want)
	default:
		c.Wrong("The channel gives the results %v, but should give %v", got, want)
	}
}

func passes(stages int, want time.Duration) func(*verify.C) {
	return func(c *verify.C) {
		const count = 10
		var got []int
		c.Takes(want,
			func() { got = receive(c, begin(c, context.Background(), stages, items(count))) },
			func() { results(c, got, count, stages) })
	}
}

func none(c *verify.C) {
	c.Takes(0, func() { results(c, receive(c, begin(c, context.Background(), 1, items(0))), 0, 1) }, nil)
}

// soon has an item every second, and each result there when f is done with it.
func soon(c *verify.C) {
	const count = 4
	in := make(chan int)
	go func() {
		defer close(in)
		for n := range count {
			time.Sleep(time.Second)
			in <- n + 1
		}
	}()
	start := time.Now()
	out := begin(c, context.Background(), 1, in)
	for n := range count {
		late := time.After(time.Hour)
		select {
		case _, ok := <-out:
			if !ok {
				c.Wrong("The channel is closed after %d results, and %d items came in", n, count)
			}
		case <-late:
			c.Wrong("The channel gives no more after %d results, and %d items came in", n, count)
		}
		if at, want := time.Since(start), time.Duration(n+1)*time.Second+each; at != want {
			c.Wrong("The channel gives result %d after %v, but f is done with it after %v", n+1, at, want)
		}
	}
	receive(c, out)
}

// unread has a reader that takes nothing for a while: the stage holds one
// result, and takes no other item.
func unread(c *verify.C) {
	in := make(chan int, 10)
	for n := range cap(in) {
		in <- n
	}
	close(in)
	out := begin(c, context.Background(), 1, in)
	time.Sleep(time.Minute)
	schedule.Quiet()
	if took := cap(in) - len(in); took > 1 {
		c.Wrong("Stage takes %d items while nobody receives a result, but should take the next only when one is received", took)
	}
	receive(c, out)
}

// over says that f was called after ctx had ended. The calls until then are
// before. A stage that is left is found when the check is over.
func over(c *verify.C, before int) {
	time.Sleep(time.Hour) // by then all that was under way is done
	schedule.Quiet()
	if more := len(c.Calls()) - before; more > 0 {
		c.Wrong("f is called after ctx has ended")
	}
}

func leaves(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	out := begin(c, ctx, 3, items(10))
	for range 3 {
		<-out
	}
	time.Sleep(time.Second) // each stage has another result now
	before := len(c.Calls())
	cancel()
	over(c, before)
}

func idle(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	begin(c, ctx, 1, make(chan int))
	time.Sleep(time.Second)
	cancel()
	over(c, 0)
}

func working(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	begin(c, ctx, 1, items(10))
	time.Sleep(each / 2)
	cancel()
	over(c, 1)
}

func late(c *verify.C) {
	for range 20 { // a select between two that are ready takes either
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		begin(c, ctx, 1, items(10))
		over(c, 0)
	}
}

// closes has ctx end while a stage waits for an item, and while it waits for a
// reader. Its goroutine ends then, as was checked before.
func closes(c *verify.C) {
	for _, in := range []<-chan int{make(chan int), items(10)} {
		ctx, cancel := context.WithCancel(context.Background())
		out := begin(c, ctx, 1, in)
		time.Sleep(time.Second)
		cancel()
		time.Sleep(time.Hour)
		select {
		case _, ok := <-out:
			if ok {
				c.Wrong("The channel gives a result an hour after ctx has ended, but should be closed")
			}
		default:
			c.Wrong("ctx has ended, and the channel is not closed")
		}
	}
}
