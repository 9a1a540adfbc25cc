// Package check says what must hold of the exercise port.
package check

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gosyncio/lessons/verify"
	port "gosyncio/lessons/yours/exercises/port/given"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "3 workers do 7 jobs", Func: "Run", Run: run(7, 3, 0, 3*time.Second)},
	{Name: "closing a connection takes a second", Func: "Run", Run: run(7, 3, time.Second, 4*time.Second)},
	{Name: "there is one worker", Func: "Run", Run: run(3, 1, 0, 3*time.Second)},
	{Name: "there are more workers than jobs", Func: "Run", Run: run(2, 5, 0, time.Second)},
	{Name: "there are no jobs", Func: "Run", Run: run(0, 3, 0, 0)},
	{Name: "two jobs have the same name", Func: "Run", Run: namesakes},
}

// run has workers do jobs of a second each, with connections that take a time
// to close.
func run(jobs, workers int, closing, want time.Duration) func(*verify.C) {
	return func(c *verify.C) {
		s := &script{c: c, workers: workers, closing: closing}
		for n := range jobs {
			s.jobs = append(s.jobs, fmt.Sprint("job ", n+1))
		}
		c.Takes(want, s.run, s.holds)
	}
}

func namesakes(c *verify.C) {
	s := &script{c: c, workers: 2, jobs: []string{"job 1", "job 1", "job 2"}}
	c.Takes(2*time.Second, s.run, s.holds)
}

// A script is one call of Run.
type script struct {
	c       *verify.C
	jobs    []string
	workers int
	closing time.Duration // how long a connection takes to close
	results []string

	mu    sync.Mutex // never held while anybody waits
	conns []*conn
}

func (s *script) run() { s.results = port.Run(slices.Clone(s.jobs), s.workers, s.open) }

func (s *script) open() port.Conn {
	made := &conn{script: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = append(s.conns, made)
	return made
}

// holds says what is wrong with the results and with the connections.
func (s *script) holds() {
	s.mu.Lock()
	conns := slices.Clone(s.conns)
	s.mu.Unlock()
	if s.closing > 0 {
		open := 0
		for _, conn := range conns {
			if !conn.closed.Load() {
				open++
			}
		}
		if open > 0 {
			s.c.Wrong("Run returns, and %d of the %d connections are not closed yet", open, len(conns))
		}
	}
	if len(conns) > s.workers {
		s.c.Wrong("Run opens %d connections for %d workers", len(conns), s.workers)
	}
	left := slices.Clone(s.results)
	for _, job := range s.jobs {
		i := slices.Index(left, "result of "+job)
		if i < 0 {
			s.c.Wrong("Run returns %d results, and not all of %q", len(s.results), job)
		}
		left = slices.Delete(left, i, i+1)
	}
	if len(left) > 0 {
		s.c.Wrong("Run returns %q, which is one result too many", left[0])
	}
}

// A conn is a connection.
type conn struct {
	script *script
	busy   atomic.Bool // with a job, or with closing
	closed atomic.Bool
}

func (n *conn) Do(job string) string {
	c := n.script.c
	if !slices.Contains(n.script.jobs, job) {
		c.Wrong("Do is called for the job %q, and there is no such job", job)
	}
	if n.closed.Load() {
		c.Wrong("A connection is used that has been closed")
	}
	if n.busy.Swap(true) {
		c.Wrong("A connection is used for two things at once")
	}
	defer n.busy.Store(false)
	c.Wait(context.Background(), job, time.Second)
	return "result of " + job
}

func (n *conn) Close() {
	c := n.script.c
	switch {
	case n.closed.Load():
		c.Wrong("A connection is closed twice")
	case n.busy.Swap(true):
		c.Wrong("A connection is closed while it is used")
	}
	defer n.busy.Store(false)
	if n.script.closing > 0 {
		c.Wait(context.Background(), "Close", n.script.closing)
	}
	n.closed.Store(true)
}
