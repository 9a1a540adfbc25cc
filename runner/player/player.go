// Package player runs variants of lessons, each in a child process, and
// streams what they do into Runs that can be watched. It shows nothing.
package player

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/timeline"
)

// A Job is one run to make.
type Job struct {
	Lesson  lessons.Lesson
	Variant lessons.Variant
	Values  lessons.Values
	Procs   int           // GOMAXPROCS; 0 is the variant's own, or what the machine has
	Ideal   time.Duration // how long perfect scheduling would take; 0 is unknown
}

// advancePeriod is how often the tracer hands out what it has. It takes
// effect only in the environment of a program that starts.
const advancePeriod = 50 * time.Millisecond

// readyTimeout is how long a child may take until it is ready, and killAfter
// how long it may take to stop. Both are far more than it needs.
const (
	readyTimeout = 30 * time.Second
	killAfter    = time.Second
)

// A Comparison is a set of runs that are watched together.
type Comparison struct {
	Lesson lessons.Lesson
	Values lessons.Values
	Runs   []*Run

	cancel  context.CancelFunc
	done    chan struct{}
	changed chan struct{}
}

// Play starts the variants of the lesson, all at one moment, or one after
// the other if the lesson asks for it, and what they talk to. procs is
// their GOMAXPROCS, 0 for the usual. It returns at once. The caller must
// Wait. When ctx ends the runs are stopped.
func Play(ctx context.Context, environ []string, lesson lessons.Lesson, variants []lessons.Variant, values lessons.Values, procs int) (*Comparison, error) {
	var server io.Closer
	if lesson.Serve != nil {
		var err error
		if values.Server, server, err = lesson.Serve(values); err != nil {
			return nil, fmt.Errorf("start what %s talks to: %w", lesson.ID, err)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	c := &Comparison{Lesson: lesson, Values: values, cancel: cancel, done: make(chan struct{}), changed: make(chan struct{}, 1)}
	for _, variant := range variants {
		job := Job{Lesson: lesson, Variant: variant, Values: values, Procs: procs, Ideal: variant.Ideal(values)}
		c.Runs = append(c.Runs, &Run{Job: job, Timeline: &timeline.Timeline{}, changed: c.change, status: Status{Traced: !variant.Untraced, ExitCode: -1}})
	}
	go func() {
		defer close(c.done)
		defer cancel()
		if server != nil {
			defer server.Close()
		}
		if !lesson.OneAtATime {
			playTogether(ctx, environ, c.Runs)
			return
		}
		for _, run := range c.Runs {
			playTogether(ctx, environ, []*Run{run})
		}
	}()
	return c, nil
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

// playTogether starts a child for each run, waits until all are ready,
// gives all the start signal, and waits until all have ended.
func playTogether(ctx context.Context, environ []string, runs []*Run) {
	start := make(chan struct{})
	var prepared, ended sync.WaitGroup
	for _, run := range runs {
		prepared.Add(1)
		ended.Go(func() { run.play(ctx, environ, prepared.Done, start) })
	}
	prepared.Wait()
	close(start)
	ended.Wait()
}

// play makes the run. It calls prepared once, when the child is ready or
// has failed, and gives the start signal when start is closed.
func (r *Run) play(ctx context.Context, environ []string, prepared func(), start <-chan struct{}) {
	prepared = sync.OnceFunc(prepared)
	defer prepared()
	err := r.supervise(ctx, environ, prepared, start)
	var end time.Duration
	r.update(func(s *Status) {
		if s.Elapsed == 0 && !s.Start.IsZero() { // the child did not tell
			s.Elapsed = time.Since(s.Start)
		}
		s.Phase, end = Ended, s.Elapsed
		s.Output = printedBy(s.Output, s.Elapsed)
		if s.Err == "" && err != nil {
			s.Err = err.Error()
		}
		if ctx.Err() != nil && s.Err != "" {
			s.Err = "stopped"
		}
	})
	r.Timeline.Finish(end)
}

// supervise starts the child, follows it to its end and collects it.
func (r *Run) supervise(ctx context.Context, environ []string, prepared func(), start <-chan struct{}) (err error) {
	defer mistake(&err)
	executable, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find the program to run: %w", err)
	}
	cmd := exec.CommandContext(ctx, executable, childArgs(r.Job)...)
	cmd.Env = childEnv(environ, r.Job)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("start a run: %w", err)
	}
	cmd.Cancel = stdin.Close
	cmd.WaitDelay = killAfter
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start a run: %w", err)
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return fmt.Errorf("start a run: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start a run: %w", err)
	}

	isReady := make(chan struct{})
	var streams sync.WaitGroup
	var streamErr error
	streams.Go(func() {
		streamErr = r.readEvents(stdout, sync.OnceFunc(func() { close(isReady) }))
		io.Copy(io.Discard, stdout) // a child must never block on us
	})
	streams.Go(func() {
		readLines(stderr, func(text string) { r.print(time.Now(), text) })
	})
	gone := make(chan struct{})
	go func() { streams.Wait(); close(gone) }()

	timeout := time.NewTimer(readyTimeout)
	defer timeout.Stop()
	var late error
	select {
	case <-isReady:
		prepared()
		<-start
		r.update(func(s *Status) { s.Phase, s.Start = Going, time.Now() })
		io.WriteString(stdin, startLine) // an error shows in how the child ends
	case <-gone: // it failed before it was ready
	case <-ctx.Done():
	case <-timeout.C:
		late = fmt.Errorf("not ready after %v", readyTimeout)
		cmd.Process.Kill()
	}
	<-gone
	err = cmd.Wait()
	stdin.Close()
	r.update(func(s *Status) { s.ExitCode = cmd.ProcessState.ExitCode() })
	r.estimateUsage(cmd.ProcessState)
	var exit *exec.ExitError
	switch {
	case late != nil:
		return late
	case errors.As(err, &exit):
		return errors.New(exit.String())
	case err != nil:
		return err
	}
	return streamErr
}

// readEvents follows the child's stdout. What is wrong with the trace ends
// the timeline but not the run.
func (r *Run) readEvents(stdout io.Reader, isReady func()) (err error) {
	defer mistake(&err)
	pipe, trace := io.Pipe()
	var building sync.WaitGroup
	var traceErr error
	building.Go(func() {
		if !r.Job.Variant.Untraced {
			traceErr = r.Timeline.ReadGo(pipe, r.changed)
		}
		io.Copy(io.Discard, pipe)
	})
	frameErr := readFrames(stdout, func(kind frameKind, payload []byte) error {
		switch kind {
		case frameTrace:
			_, err := trace.Write(payload)
			return err
		case frameReady:
			var msg ready
			if err := json.Unmarshal(payload, &msg); err != nil {
				return fmt.Errorf("read ready frame: %w", err)
			}
			r.update(func(s *Status) { s.Procs = msg.Procs })
			isReady()
		case frameDone:
			var msg done
			if err := json.Unmarshal(payload, &msg); err != nil {
				return fmt.Errorf("read done frame: %w", err)
			}
			r.update(func(s *Status) {
				s.Elapsed, s.CPU, s.MaxRSS, s.Err = msg.Elapsed, msg.CPU, msg.MaxRSS, printable(msg.Err)
			})
		default:
			return fmt.Errorf("read frame: unknown kind %q", kind)
		}
		return nil
	})
	trace.Close()
	building.Wait()
	if frameErr != nil {
		return frameErr
	}
	return traceErr
}

// mistake, deferred, turns a panic into *err. These goroutines run beside a
// live screen, which a panic would leave in ruins.
func mistake(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("a mistake in the program: %v", p)
	}
}

// estimateUsage fills in what a child that died could not tell, from what
// the system says of the whole process.
func (r *Run) estimateUsage(state *os.ProcessState) {
	r.update(func(s *Status) {
		if s.CPU == 0 {
			s.CPU = state.UserTime() + state.SystemTime()
		}
	})
}

// childEnv is the environment of a child: what it inherits, the tracer's
// period, and GOMAXPROCS if the job sets it.
func childEnv(environ []string, job Job) []string {
	debug := "traceadvanceperiod=" + strconv.FormatInt(advancePeriod.Nanoseconds(), 10)
	env := make([]string, 0, len(environ)+2)
	for _, entry := range environ {
		if old, ok := strings.CutPrefix(entry, "GODEBUG="); ok {
			debug = old + "," + debug
			continue
		}
		env = append(env, entry)
	}
	env = append(env, "GODEBUG="+debug)
	procs := job.Procs
	if procs == 0 {
		procs = job.Variant.Procs
	}
	if procs > 0 {
		env = append(env, "GOMAXPROCS="+strconv.Itoa(procs))
	}
	return env
}
