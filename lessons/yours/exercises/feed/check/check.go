// Package check says what must hold of the exercise feed.
package check

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gosyncio/lessons/verify"
	feed "gosyncio/lessons/yours/exercises/feed/given"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "3 workers do 7 jobs", Func: "Run", Run: run(&script{count: 7, workers: 3}, 3*time.Second)},
	{Name: "there are 500 jobs", Func: "Run", Run: run(&script{count: 500, workers: 10}, 50*time.Second)},
	{Name: "there are no jobs", Func: "Run", Run: run(&script{workers: 3}, 0)},
	{Name: "there are more workers than jobs", Func: "Run", Run: run(&script{count: 2, workers: 5}, time.Second)},
	{Name: "each job comes after a second", Func: "Run", Run: run(&script{count: 4, workers: 2, coming: time.Second}, 5*time.Second)},
	{Name: "saving takes a second", Func: "Run", Run: run(&script{count: 4, workers: 4, saving: time.Second}, 5*time.Second)},
	{Name: "jobs come one after the other", Func: "Run", Run: soon},
}

// run has the jobs of a script, which take a second each, done.
func run(s *script, want time.Duration) func(*verify.C) {
	return func(c *verify.C) {
		s := &script{c: c, count: s.count, workers: s.workers, coming: s.coming, saving: s.saving}
		c.Takes(want, s.run, s.holds)
	}
}

// soon has a job every second, and each saved a second after it came.
func soon(c *verify.C) {
	s := &script{c: c, count: 4, workers: 2, coming: time.Second, start: time.Now()}
	s.run()
	s.holds()
	for i, at := range s.times {
		if want := time.Duration(i+2) * time.Second; at != want {
			c.Wrong("The result of job %d is there after %v, and saved after %v", i+1, want, at)
		}
	}
}

// A script is one call of Run.
type script struct {
	c              *verify.C
	count, workers int
	coming, saving time.Duration // how long next takes, and save
	start          time.Time
	nexting, saved atomic.Bool // by somebody, now
	given          int         // jobs so far

	mu      sync.Mutex // never held while anybody waits
	results []string
	times   []time.Duration // at which they were saved
}

func (s *script) run() { feed.Run(s.next, s.workers, s.do, s.save) }

func (s *script) next() (job string, ok bool) {
	if s.nexting.Swap(true) {
		s.c.Wrong("next is called while another call of it is under way")
	}
	defer s.nexting.Store(false)
	if s.given == s.count {
		return "", false
	}
	time.Sleep(s.coming) // which is nobody's fault
	s.given++
	return fmt.Sprint("job ", s.given), true
}

func (s *script) do(job string) string {
	if job == "" {
		s.c.Wrong("do is called for a job without a name, and next gave none")
	}
	s.c.Wait(context.Background(), job, time.Second)
	return "result of " + job
}

func (s *script) save(result string) {
	if s.saved.Swap(true) {
		s.c.Wrong("save is called while another call of it is under way")
	}
	defer s.saved.Store(false)
	if s.saving > 0 {
		s.c.Wait(context.Background(), "save", s.saving)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.results, s.times = append(s.results, result), append(s.times, time.Since(s.start))
}

// holds says which result is missing, or was saved twice.
func (s *script) holds() {
	s.mu.Lock()
	left := slices.Clone(s.results)
	s.mu.Unlock()
	for n := range s.count {
		want := fmt.Sprint("result of job ", n+1)
		i := slices.Index(left, want)
		if i < 0 {
			s.c.Wrong("Run returns, and %q is not saved", want)
		}
		left = slices.Delete(left, i, i+1)
	}
	if len(left) > 0 {
		s.c.Wrong("Run saves %q, which is one result too many", left[0])
	}
}
