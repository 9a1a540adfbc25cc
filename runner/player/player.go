// Package player runs variants of lessons, each in a child process, and
// streams what they do into Runs that can be watched. It shows nothing.
package player

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/timeline"
)

// Language is what a run is written in.
type Language uint8

const (
	Go Language = iota
	Python
)

// String is the language's name, such as "Python".
func (l Language) String() string { return [...]string{"Go", "Python"}[l] }

// A Part is a run to make.
type Part struct {
	Variant  lessons.Variant
	Language Language
}

// A Kind names a run among those of a comparison.
type Kind struct {
	Variant  string
	Language Language
}

// Kind is that of the part's run.
func (p Part) Kind() Kind { return Kind{p.Variant.Name, p.Language} }

// Setup is what Play plays.
type Setup struct {
	Lesson lessons.Lesson
	Values lessons.Values
	Parts  []Part // a run each, in the order in which they are shown
	Procs  int    // GOMAXPROCS of the runs in Go; 0 is the variant's own, or what the machine has
	// Source is the lesson's Python file, and Python finds the
	// interpreter. They are needed if a part is in Python.
	Source []byte
	Python func() (Interpreter, error)
	// Limit is when a run is stopped that has not ended; 0 is the usual.
	Limit time.Duration
}

// A Job is one run with all that it needs.
type Job struct {
	Part
	Lesson lessons.Lesson
	Values lessons.Values
	Procs  int           // GOMAXPROCS in Go; 0 is the variant's own, or what the machine has
	Ideal  time.Duration // how long perfect scheduling would take; 0 is unknown
	// Limit is when the run is stopped, for it would never end.
	Limit time.Duration
}

// limit is when a run is stopped that should take ideal, or, if that is 0,
// nobody knows how long: far later than a slow machine needs.
func limit(ideal time.Duration) time.Duration {
	const least = 30 * time.Second
	switch {
	case ideal == 0:
		return 10 * time.Minute
	case ideal > (math.MaxInt64-least)/10:
		return math.MaxInt64
	}
	return 10*ideal + least
}

// A Comparison is a set of runs that are watched together.
type Comparison struct {
	Lesson lessons.Lesson
	Values lessons.Values
	Runs   []*Run

	cancel  context.CancelFunc
	done    chan struct{}
	changed chan struct{}
}

// Play starts the parts of setup, all at one moment, or one after the other
// if the lesson asks for it, and what they talk to. It returns at once. The
// caller must Wait. When ctx ends the runs are stopped.
func Play(ctx context.Context, environ []string, setup Setup) (*Comparison, error) {
	lesson, values := setup.Lesson, setup.Values
	var server io.Closer
	if lesson.Serve != nil {
		var err error
		if values.Server, server, err = lesson.Serve(values); err != nil {
			return nil, fmt.Errorf("start what %s talks to: %w", lesson.ID, err)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	c := &Comparison{Lesson: lesson, Values: values, cancel: cancel, done: make(chan struct{}), changed: make(chan struct{}, 1)}
	for _, part := range setup.Parts {
		ideal := part.Variant.Ideal(values)
		if part.Language == Python && part.Variant.InPython != nil {
			ideal = part.Variant.InPython(values)
		}
		job := Job{Part: part, Lesson: lesson, Values: values, Procs: setup.Procs, Ideal: ideal, Limit: cmp.Or(setup.Limit, limit(ideal))}
		c.Runs = append(c.Runs, &Run{Job: job, Timeline: &timeline.Timeline{}, changed: c.change, status: Status{Traced: !part.Variant.Untraced, ExitCode: -1}})
	}
	player := player{environ, setup}
	go func() {
		defer close(c.done)
		defer cancel()
		if server != nil {
			defer server.Close()
		}
		if !lesson.OneAtATime {
			player.playTogether(ctx, c.Runs)
			return
		}
		for _, run := range c.Runs {
			player.playTogether(ctx, []*Run{run})
		}
	}()
	return c, nil
}

// Present are the runs that could be made: all, or without those in Python
// if there is no Python.
func (c *Comparison) Present() []*Run {
	var present []*Run
	for _, run := range c.Runs {
		if run.Status().Missing == nil {
			present = append(present, run)
		}
	}
	return present
}

// Elapsed is how long each run took that has ended well.
func (c *Comparison) Elapsed() map[Kind]time.Duration {
	elapsed := map[Kind]time.Duration{}
	for _, run := range c.Present() {
		if s := run.Status(); s.Phase == Ended && s.Err == "" {
			elapsed[run.Job.Kind()] = s.Elapsed
		}
	}
	return elapsed
}

// Missing says why there is no Python for runs in Python; nil if there is.
func (c *Comparison) Missing() *PythonError {
	for _, run := range c.Runs {
		if missing := run.Status().Missing; missing != nil {
			return missing
		}
	}
	return nil
}

// Cancel asks the runs to stop. It does not wait for them.
func (c *Comparison) Cancel() { c.cancel() }

// Done is closed when all runs have ended and no child is left.
func (c *Comparison) Done() <-chan struct{} { return c.done }

// Changed has a value when there is something new to see in one of the runs
// since the last was taken. It is for one receiver.
func (c *Comparison) Changed() <-chan struct{} { return c.changed }

func (c *Comparison) change() {
	select {
	case c.changed <- struct{}{}:
	default: // it is known already
	}
}

// Wait waits until all runs have ended and no child is left.
func (c *Comparison) Wait() { <-c.done }

// player makes runs.
type player struct {
	environ []string
	setup   Setup
}

// playTogether starts a child for each run, waits until all are ready,
// gives all the start signal, and waits until all have ended.
func (p player) playTogether(ctx context.Context, runs []*Run) {
	start := make(chan struct{})
	var prepared, ended sync.WaitGroup
	for _, run := range runs {
		prepared.Add(1)
		ended.Go(func() { p.play(ctx, run, prepared.Done, start) })
	}
	prepared.Wait()
	close(start)
	ended.Wait()
}

// play makes the run. It calls prepared once, when the child is ready or
// has failed, and gives the start signal when start is closed.
func (p player) play(ctx context.Context, r *Run, prepared func(), start <-chan struct{}) {
	prepared = sync.OnceFunc(prepared)
	defer prepared()
	err := p.supervise(ctx, r, prepared, start)
	var end time.Duration
	r.update(func(s *Status) {
		if s.Elapsed == 0 && !s.Start.IsZero() { // the child did not tell
			s.Elapsed = time.Since(s.Start)
		}
		s.Phase, end = Ended, s.Elapsed
		s.Output = printedBy(s.Output, s.Elapsed)
		var overdue *overdueError
		switch {
		case errors.As(err, &s.Missing), s.Err == "" && err != nil, errors.As(err, &overdue):
			s.Err = err.Error()
		}
		if ctx.Err() != nil && s.Err != "" {
			s.Err = "stopped"
		}
	})
	r.Timeline.Finish(end)
}
