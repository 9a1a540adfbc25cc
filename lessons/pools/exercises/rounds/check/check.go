// Package check says what must hold of the exercise rounds.
package check

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	rounds "gosyncio/lessons/pools/exercises/rounds/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "7 jobs go through a pool of 3", Func: "Run", Run: same(7, 3, 3*time.Second)},
	{Name: "6 jobs go through a pool of 3", Func: "Run", Run: same(6, 3, 2*time.Second)},
	{Name: "there is room for one job", Func: "Run", Run: same(4, 1, 4*time.Second)},
	{Name: "one job is short, and two are long", Func: "Run", Run: longer},
	{Name: "one job takes as long as the others together", Func: "Run", Run: longest},
	{Name: "there are fewer jobs than there is room for", Func: "Run", Run: same(2, 5, time.Second)},
	{Name: "there are no jobs", Func: "Run", Run: same(0, 3, 0)},
	{Name: "two jobs have the same name", Func: "Run", Run: namesakes},
}

// same has n jobs of a second each.
func same(n, size int, want time.Duration) func(*verify.C) {
	times := make([]time.Duration, n)
	for i := range times {
		times[i] = time.Second
	}
	return func(c *verify.C) { run(c, times, size, want) }
}

// longer takes 3 s in whatever order the jobs begin.
func longer(c *verify.C) {
	run(c, []time.Duration{time.Second, 2 * time.Second, 2 * time.Second}, 2, 3*time.Second)
}

// longest takes 3 s to 4 s, which depends on when the first job begins.
func longest(c *verify.C) {
	p := newPool(c, []time.Duration{3 * time.Second, time.Second, time.Second, time.Second}, 2)
	p.run()
	p.holds()
	p.soon()
}

// namesakes has a job twice.
func namesakes(c *verify.C) {
	p := newPool(c, []time.Duration{time.Second}, 1)
	p.jobs = append(p.jobs, p.jobs[0])
	c.Takes(2*time.Second, p.run, func() {
		c.Over()
		if c.Count(p.jobs[0]) < 2 {
			c.Wrong("Two jobs have the name %q, but only one of them is done", p.jobs[0])
		}
	})
}

// run has jobs done that take their times.
func run(c *verify.C, times []time.Duration, size int, want time.Duration) {
	p := newPool(c, times, size)
	c.Takes(want, p.run, p.holds)
}

// A pool is one call of Run.
type pool struct {
	c     *verify.C
	jobs  []string
	times map[string]time.Duration
	size  int
	start time.Time

	mu     sync.Mutex
	begins []begin // in their order
}

// A begin is that of a job.
type begin struct {
	job string
	at  time.Duration // since the start
}

func newPool(c *verify.C, times []time.Duration, size int) *pool {
	p := &pool{c: c, size: size, times: map[string]time.Duration{}, start: time.Now()}
	for i, d := range times {
		job := fmt.Sprint("job ", i+1)
		p.jobs, p.times[job] = append(p.jobs, job), d
	}
	return p
}

func (p *pool) run() { rounds.Run(slices.Clone(p.jobs), p.size, p.do) }

func (p *pool) do(job string) {
	p.began(job)
	p.c.Wait(context.Background(), job, p.times[job])
}

func (p *pool) began(job string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begins = append(p.begins, begin{job, time.Since(p.start)})
}

// holds says which job is not done, or twice, and how many are under way.
func (p *pool) holds() {
	p.c.Over()
	for _, job := range p.jobs {
		switch n := p.c.Count(job); n {
		case 0:
			p.c.Wrong("In a pool of %d, %s of %d is not done", p.size, job, len(p.jobs))
		case 1:
		default:
			p.c.Wrong("In a pool of %d, %s is done %d times", p.size, job, n)
		}
	}
	if most := p.c.Most(); most > p.size {
		p.c.Wrong("In a pool of %d, %d jobs are under way at once", p.size, most)
	}
}

// soon says which job could have begun sooner, with the jobs in the order in
// which they began.
func (p *pool) soon() {
	p.mu.Lock()
	defer p.mu.Unlock()
	free := make([]time.Duration, p.size) // from when on there is room
	for _, b := range p.begins {
		first := slices.Index(free, slices.Min(free))
		if b.at > free[first] {
			p.c.Wrong("In a pool of %d, %s begins at %v, but there was room for it at %v", p.size, b.job, b.at, free[first])
		}
		free[first] = b.at + p.times[b.job]
	}
}
