// Package check says what must hold of the exercise closing.
package check

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	closing "gosyncio/lessons/pools/exercises/closing/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "all results are received", Func: "Results", Does: "Receiving all results", Run: three},
	{Name: "there are no jobs", Func: "Results", Run: none},
	{Name: "ctx ends in the middle", Func: "Results", Does: "Receiving until the channel is closed, with ctx ending after 1.5s,", Run: ended},
	{Name: "nobody receives any more, and ctx ends", Func: "Results", Run: leaves},
	{Name: "ctx has ended before", Func: "Results", Run: late},
}

// A pool is one call of Results.
type pool struct {
	c     *verify.C
	jobs  []string
	times map[string]time.Duration
	size  int

	began, ended atomic.Int32 // jobs
}

func newPool(c *verify.C, size int, times ...time.Duration) *pool {
	p := &pool{c: c, size: size, times: map[string]time.Duration{}}
	for i, d := range times {
		job := fmt.Sprint("job ", i+1)
		p.jobs, p.times[job] = append(p.jobs, job), d
	}
	return p
}

// begin calls Results.
func (p *pool) begin(ctx context.Context) <-chan string {
	start := time.Now()
	results := closing.Results(ctx, p.jobs, p.size, p.do)
	if took := time.Since(start); took > 0 {
		p.c.Wrong("Results returns after %v, but should return at once", took)
	}
	return results
}

func (p *pool) do(job string) string {
	p.began.Add(1)
	defer p.ended.Add(1)
	p.c.Wait(context.Background(), job, p.times[job])
	return "result of " + job
}

// receive receives results until the channel is closed.
func (p *pool) receive(results <-chan string) []string {
	var got []string
	late := time.After(time.Hour) // by then all is done
	for {
		select {
		case result, ok := <-results:
			if !ok {
				p.over()
				return got
			}
			got = append(got, result)
		case <-late:
			p.c.Wrong("The channel is never closed, and gives no more after %d of %d results", len(got), len(p.jobs))
		}
	}
}

// over says that jobs are under way, when there are to be none.
func (p *pool) over() {
	if underway := p.began.Load() - p.ended.Load(); underway > 0 {
		time.Sleep(time.Hour) // whoever sends a result panics
		p.c.Wrong("The channel is closed, but %d of the jobs are still under way", underway)
	}
}

// holds says what is wrong with the results.
func (p *pool) holds(got []string, all bool) {
	if most := p.c.Most(); most > p.size {
		p.c.Wrong("In a pool of %d, %d jobs are under way at once", p.size, most)
	}
	times := map[string]int{}
	for _, result := range got {
		times[result]++
	}
	for _, job := range p.jobs {
		result := "result of " + job
		switch n := times[result]; {
		case n > 1:
			p.c.Wrong("The channel gives %q %d times", result, n)
		case n == 0 && all:
			p.c.Wrong("The channel is closed, but did not give %q", result)
		}
		delete(times, result)
	}
	for result := range times {
		p.c.Wrong("The channel gives %q, which is the result of no job", result)
	}
}

// three takes 3 s in whatever order the jobs begin.
func three(c *verify.C) {
	p := newPool(c, 2, time.Second, 2*time.Second, 2*time.Second)
	var got []string
	c.Takes(3*time.Second,
		func() { got = p.receive(p.begin(context.Background())) },
		func() { p.holds(got, true) })
}

func none(c *verify.C) {
	p := newPool(c, 3)
	c.Takes(0, func() { p.holds(p.receive(p.begin(context.Background())), true) }, nil)
}

func ended(c *verify.C) {
	ctx, cancel := context.WithTimeout(context.Background(), 1500*time.Millisecond)
	defer cancel()
	p := newPool(c, 2, time.Second, time.Second, time.Second, time.Second, time.Second, time.Second)
	var got []string
	c.Takes(2*time.Second,
		func() { got = p.receive(p.begin(ctx)) },
		func() {
			p.holds(got, false)
			if began := p.began.Load(); began > 4 {
				c.Wrong("Results begins %d jobs, but ctx ended when 4 had begun", began)
			}
		})
}

func late(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 20 { // a select between two that are ready takes either
		p := newPool(c, 2, time.Second, time.Second)
		p.receive(p.begin(ctx))
		if began := p.began.Load(); began > 0 {
			c.Wrong("Results begins a job, though ctx has ended")
		}
	}
}

func leaves(c *verify.C) {
	ctx, cancel := context.WithCancel(context.Background())
	p := newPool(c, 2, time.Second, 2*time.Second, 2*time.Second, time.Second, time.Second)
	<-p.begin(ctx)
	time.Sleep(500 * time.Millisecond) // two jobs are under way
	cancel()
	time.Sleep(time.Hour) // by then all that was under way is done
}
