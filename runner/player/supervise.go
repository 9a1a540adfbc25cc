package player

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"gosyncio/runner/child"
	"gosyncio/runner/group"
)

// overdueError says that a run was stopped because it did not end.
type overdueError struct{ job Job }

func (e *overdueError) Error() string {
	text := fmt.Sprintf("stopped after %v, for it had not ended", e.job.Limit)
	if e.job.Ideal > 0 {
		text += fmt.Sprintf("; its waits take %v", e.job.Ideal)
	}
	return text
}

// supervise starts the child, follows it to its end and collects it.
func (p *Player) supervise(ctx context.Context, r *Run, prepared func(), start <-chan struct{}) (err error) {
	defer recoverTo(&err)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	source := r.Job.Language.source()
	process, err := source.command(ctx, p, r.Job)
	if err != nil {
		return err
	}
	defer process.clear()
	cmd := process.cmd
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("start a run: %w", err)
	}
	cmd.Cancel = stdin.Close
	if isAlone(r.Job.Variant) && r.Job.Language == Go {
		cmd.Cancel = func() error { return cmd.Process.Kill() } // nobody listens there
	}
	cmd.WaitDelay = p.timeouts.kill
	group.Lead(cmd)
	stdout, stderr, err := group.Start(cmd)
	if err != nil {
		return fmt.Errorf("start a run: %w", err)
	}
	defer stdout.Close()
	defer stderr.Close()

	isReady := make(chan struct{})
	var streams sync.WaitGroup
	var streamErr error
	streams.Go(func() {
		streamErr = r.readEvents(source, stdout, sync.OnceFunc(func() { close(isReady) }))
		if _, lies := errors.AsType[*doubtError](streamErr); lies || errors.Is(streamErr, errUnfollowed) {
			cancel(streamErr) // it may never be ready
		}
		io.Copy(io.Discard, stdout) // a child must never block on us
	})
	streams.Go(func() {
		ReadLines(stderr, r.printable, func(text string) { r.hear(time.Now(), text) })
	})
	streams.Go(func() { stdin.Write(process.request) }) // a child that never reads it is not ready in time
	exited := make(chan struct{})
	var exit error
	go func() {
		exit = cmd.Wait()
		close(exited)
	}()

	timeout := time.AfterFunc(p.timeouts.ready, func() {
		cancel(fmt.Errorf("not ready after %v", p.timeouts.ready))
	})
	select {
	case <-isReady:
		timeout.Stop()
		prepared()
		<-start
		r.update(func(s *Status) { s.Phase, s.Start = Going, time.Now() })
		io.WriteString(stdin, child.StartLine) // an error shows in how the child ends
		timeout = time.AfterFunc(r.Job.Limit, func() { cancel(&overdueError{r.Job}) })
	case <-exited: // it failed before it was ready, or was stopped
	}
	<-exited
	timeout.Stop()
	stdin.Close()
	group.End(cmd.Process.Pid)
	stdout.Orphan()
	stderr.Orphan()
	streams.Wait()
	r.update(func(s *Status) { s.ExitCode = cmd.ProcessState.ExitCode() })
	r.estimateUsage(cmd.ProcessState)
	return r.outcome(context.Cause(ctx), exit, streamErr)
}

// readEvents follows the child's stdout, see source.read.
func (r *Run) readEvents(source source, stdout io.Reader, isReady func()) (err error) {
	defer recoverTo(&err)
	return source.read(r, stdout, isReady)
}

// done takes over what the child measured, if it can be true.
func (r *Run) done(msg child.Done) error {
	if err := r.doubtDone(msg); err != nil {
		return err
	}
	r.update(func(s *Status) {
		s.Elapsed, s.CPU, s.MaxRSS, s.memory, s.Err = msg.Elapsed, msg.CPU, msg.MaxRSS, msg.Memory, r.printable(msg.Err)
		s.told = true
	})
	return nil
}

// recoverTo, deferred, turns a panic into *err. These goroutines run beside
// a live screen, which a panic would leave in ruins.
func recoverTo(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("internal error: %v", p)
	}
}

// estimateUsage fills in what a child that died could not tell, from what
// the system says of the whole process.
func (r *Run) estimateUsage(state *os.ProcessState) {
	r.update(func(s *Status) {
		if !s.told {
			s.CPU = state.UserTime() + state.SystemTime()
		}
	})
}
