package verify

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"gosyncio/lessons/verify/schedule"
)

// A C is given to a check. Its methods may be called by several goroutines.
type C struct {
	check    Check
	start    time.Time
	seed     uint64 // of the schedule; 0 if there is none
	schedule *schedule.Schedule

	// When it was made: in real time, and by what the process had taken of
	// the CPUs until then.
	wall time.Time
	cpu  time.Duration

	mu    sync.Mutex // never held while anybody waits
	calls []*call
}

func newC(check Check, seed uint64) *C {
	return &C{check: check, seed: seed, wall: time.Now(), cpu: cpuTime()}
}

// A call is one of those that a check hands to the learner's function.
type call struct {
	name       string
	line       int // of the learner's file, that called it
	begin, end time.Duration
	ended      bool
}

// Wrong says, in a sentence, that a result is wrong.
func (c *C) Wrong(format string, args ...any) {
	c.end(Event{Kind: Wrong, Message: fmt.Sprintf(format, args...)})
}

// end reports what is wrong, and ends the process.
func (c *C) end(e Event) {
	e.Func, e.Seed = c.check.Func, c.seed
	if c.schedule != nil {
		const most = 100 // more than is told
		steps := c.schedule.Steps()
		e.Steps = steps[max(len(steps)-most, 0):]
	}
	end(e)
}

// Wait is a call that takes a time, like a page that is fetched: the check
// hands it, or a function around it, to the learner's function. It returns
// the error of ctx if that ends before.
func (c *C) Wait(ctx context.Context, name string, d time.Duration) error {
	called := c.begin(name)
	defer c.ended(called)
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *C) begin(name string) *call {
	called := &call{name: name, line: learnersLine(), begin: time.Since(c.start)}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, called)
	return called
}

func (c *C) ended(called *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	called.end, called.ended = time.Since(c.start), true
}

// Calls are the names of the calls so far, in the order in which they began.
func (c *C) Calls() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	names := make([]string, len(c.calls))
	for i, called := range c.calls {
		names[i] = called.name
	}
	return names
}

// Count is how many calls of that name have begun so far.
func (c *C) Count(name string) (count int) {
	for _, called := range c.Calls() {
		if called == name {
			count++
		}
	}
	return count
}

// Most is how many calls were under way at the same moment, at most.
func (c *C) Most() (most int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, one := range c.calls {
		together := 0
		for _, other := range c.calls {
			if other.begin <= one.begin && (!other.ended || other.end > one.begin) {
				together++
			}
		}
		most = max(most, together)
	}
	return most
}

// Takes calls f, which calls the learner's function, and then holds, which
// looks at the results; nil if there are none. It says that f left something
// under way, or took less virtual time than it must, or more, and then who
// waited for whom.
func (c *C) Takes(want time.Duration, f, holds func()) {
	before := time.Since(c.start)
	f()
	took := time.Since(c.start) - before
	if took < want {
		schedule.Quiet() // for what it started
		if line, why := c.goesOn(); why != "" {
			c.end(Event{Kind: Wrong, Line: line, Message: fmt.Sprintf("%s returns after %v%s", c.check.Func, took, why)})
		}
	}
	if holds != nil {
		holds()
	}
	switch {
	case took < want:
		c.end(Event{Kind: Wrong, Message: fmt.Sprintf("%s takes %v, and cannot take less than %v", c.check.Func, took, want)})
	case took > want:
		line, why := c.waited(before)
		c.end(Event{Kind: Slow, Line: line, Message: fmt.Sprintf("%s takes %v, and could take %v%s", cmp.Or(c.check.Does, c.check.Func), took, want, why)})
	}
}

// waited says which call began only when another had ended.
func (c *C) waited(since time.Duration) (line int, why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	calls := c.sorted()
	for _, late := range calls {
		i := slices.IndexFunc(calls, func(other *call) bool {
			return other != late && other.ended && late.begin > since && other.end == late.begin && other.end > other.begin
		})
		if i >= 0 {
			return late.line, fmt.Sprintf(": %s began at %v, when %s had ended", late.name, late.begin-since, calls[i].name)
		}
	}
	return 0, ""
}

// goesOn says which call is still under way.
func (c *C) goesOn() (line int, why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.calls) == 0 {
		return 0, ", and has begun nothing"
	}
	for _, called := range c.sorted() {
		if !called.ended {
			return called.line, fmt.Sprintf(", and %s is still under way", called.name)
		}
	}
	return 0, ""
}

// Over says that a call is still under way, when nothing is to be left of what
// the learner's function began.
func (c *C) Over() {
	schedule.Quiet()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, called := range c.sorted() {
		if !called.ended {
			c.end(Event{Kind: Wrong, Line: called.line, Message: fmt.Sprintf("%s has returned, and %s is still under way: nobody told it to stop", c.check.Func, called.name)})
		}
	}
}

// sorted are the calls in the order of their beginnings, and then of their
// names: who comes first of those that begin at the same moment changes from
// run to run.
func (c *C) sorted() []*call {
	calls := slices.Clone(c.calls)
	slices.SortFunc(calls, func(a, b *call) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.name, b.name))
	})
	return calls
}

// learnersLine is the line of the learner's file that the caller was called
// from, 0 if it was not.
func learnersLine() int {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	for {
		frame, more := frames.Next()
		if path.Base(path.Dir(strings.ReplaceAll(frame.File, `\`, "/"))) == given {
			return frame.Line
		}
		if !more {
			return 0
		}
	}
}

// given is the name of the folder with the learner's file.
const given = "given"
