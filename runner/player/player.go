// Package player runs variants of lessons, each in a child process, and
// streams what they do into Runs that can be watched. It shows nothing.
package player

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
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

// advancePeriod is how often the tracer hands out what it has. It takes
// effect only in the environment of a program that starts.
const advancePeriod = 50 * time.Millisecond

// readyTimeout is how long a child may take until it is ready, and killAfter
// how long it may take to stop. Both are far more than it needs.
var (
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

// command is the child that makes the run, and what it is told first.
// clear removes what it needs once it has ended.
func (p player) command(ctx context.Context, r *Run) (cmd *exec.Cmd, request []byte, clear func(), err error) {
	if r.Job.Language == Python {
		return p.pythonCommand(ctx, r.Job)
	}
	executable, err := os.Executable()
	if err != nil {
		return nil, nil, nil, fmt.Errorf("find the program to run: %w", err)
	}
	cmd = exec.CommandContext(ctx, executable, childArgs(r.Job)...)
	cmd.Env = childEnv(p.environ, r.Job)
	return cmd, nil, func() {}, nil
}

// overdueError says that a run was stopped because it did not end.
type overdueError struct{ job Job }

func (e *overdueError) Error() string {
	text := fmt.Sprintf("stopped after %v, for it did not end", e.job.Limit)
	if e.job.Ideal > 0 {
		text += fmt.Sprintf("; it should have taken %v", e.job.Ideal)
	}
	return text
}

// supervise starts the child, follows it to its end and collects it.
func (p player) supervise(ctx context.Context, r *Run, prepared func(), start <-chan struct{}) (err error) {
	defer mistake(&err)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	cmd, request, clear, err := p.command(ctx, r)
	if err != nil {
		return err
	}
	defer clear()
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("start a run: %w", err)
	}
	cmd.Cancel = stdin.Close
	cmd.WaitDelay = killAfter
	leadGroup(cmd)
	stdout, stderr, err := startChild(cmd)
	if err != nil {
		return fmt.Errorf("start a run: %w", err)
	}
	defer stdout.pipe.Close()
	defer stderr.pipe.Close()

	isReady := make(chan struct{})
	var reading sync.WaitGroup
	var streamErr error
	reading.Go(func() {
		streamErr = r.readEvents(stdout, sync.OnceFunc(func() { close(isReady) }))
		io.Copy(io.Discard, stdout) // a child must never block on us
	})
	reading.Go(func() {
		readLines(stderr, func(text string) { r.print(time.Now(), text) })
	})
	go stdin.Write(request) // a child that never reads it is not ready in time
	exited := make(chan struct{})
	var exit error
	go func() {
		exit = cmd.Wait()
		close(exited)
	}()

	timeout := time.AfterFunc(readyTimeout, func() {
		cancel(fmt.Errorf("not ready after %v", readyTimeout))
	})
	select {
	case <-isReady:
		timeout.Stop()
		prepared()
		<-start
		r.update(func(s *Status) { s.Phase, s.Start = Going, time.Now() })
		io.WriteString(stdin, startLine) // an error shows in how the child ends
		timeout = time.AfterFunc(r.Job.Limit, func() { cancel(&overdueError{r.Job}) })
	case <-exited: // it failed before it was ready, or was stopped
	}
	<-exited
	timeout.Stop()
	stdin.Close()
	endGroup(cmd.Process.Pid)
	stdout.orphan()
	stderr.orphan()
	reading.Wait()
	r.update(func(s *Status) { s.ExitCode = cmd.ProcessState.ExitCode() })
	r.estimateUsage(cmd.ProcessState)
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	if exit, ok := errors.AsType[*exec.ExitError](exit); ok {
		return errors.New(exit.String())
	}
	if exit != nil {
		return exit
	}
	return streamErr
}

// A stream is a child's stdout or stderr. Unlike that of an exec.Cmd it stays
// open when the child has ended, until all has been read.
type stream struct {
	pipe     *os.File
	orphaned atomic.Bool // the child has ended
}

// orphan is called when the child has ended. Where it has left behind
// somebody who holds on to the stream, that ends once it is quiet.
func (s *stream) orphan() {
	s.orphaned.Store(true)
	if err := s.pipe.SetReadDeadline(time.Now().Add(killAfter)); err != nil { // a pipe of Windows knows none
		time.AfterFunc(killAfter, func() { s.pipe.Close() })
	}
}

// Read reads what is there, however long ago the child has ended.
func (s *stream) Read(p []byte) (int, error) {
	for waited := false; ; waited = true {
		if s.orphaned.Load() {
			s.pipe.SetReadDeadline(time.Now().Add(killAfter))
		}
		n, err := s.pipe.Read(p)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded) && !waited:
			// This process may have been kept from seeing what came in time:
			// only reading anew looks for it.
		case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, os.ErrClosed):
			return n, io.EOF
		default:
			return n, err
		}
	}
}

// startChild starts cmd.
func startChild(cmd *exec.Cmd) (stdout, stderr *stream, err error) {
	fromStdout, toStdout, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer toStdout.Close()
	fromStderr, toStderr, err := os.Pipe()
	if err != nil {
		fromStdout.Close()
		return nil, nil, err
	}
	defer toStderr.Close()
	cmd.Stdout, cmd.Stderr = toStdout, toStderr
	if err := cmd.Start(); err != nil {
		fromStdout.Close()
		fromStderr.Close()
		return nil, nil, err
	}
	return &stream{pipe: fromStdout}, &stream{pipe: fromStderr}, nil
}

// readEvents follows the child's stdout and calls isReady, perhaps several
// times. What is wrong with the events ends the timeline but not the run.
func (r *Run) readEvents(stdout io.Reader, isReady func()) (err error) {
	defer mistake(&err)
	if r.Job.Language == Python {
		return r.readAsyncio(stdout, isReady)
	}
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
			r.done(msg)
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

// done takes over what the child measured.
func (r *Run) done(msg done) {
	r.update(func(s *Status) {
		s.Elapsed, s.CPU, s.MaxRSS, s.Err = msg.Elapsed, msg.CPU, msg.MaxRSS, printable(msg.Err)
	})
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
