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
)

// advancePeriod is how often the tracer hands out what it has. It takes
// effect only in the environment of a program that starts.
const advancePeriod = 50 * time.Millisecond

// readyTimeout is how long a child may take until it is ready, and killAfter
// how long it may take to stop. Both are far more than it needs.
var (
	readyTimeout = 30 * time.Second
	killAfter    = time.Second
)

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
	var streams sync.WaitGroup
	var streamErr error
	streams.Go(func() {
		streamErr = r.readEvents(stdout, sync.OnceFunc(func() { close(isReady) }))
		io.Copy(io.Discard, stdout) // a child must never block on us
	})
	streams.Go(func() {
		readLines(stderr, func(text string) { r.print(time.Now(), text) })
	})
	streams.Go(func() { stdin.Write(request) }) // a child that never reads it is not ready in time
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
	streams.Wait()
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
