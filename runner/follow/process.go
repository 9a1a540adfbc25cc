package follow

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"gosyncio/runner/fault"
	"gosyncio/runner/group"
	"gosyncio/runner/player"
)

// readyTimeout is far more than a program needs to come to its main.
const readyTimeout = 60 * time.Second

// grace is how long a program may take to end that was asked to.
const grace = 5 * time.Second

// A process is that of a program, with the pipes to it.
type process struct {
	run     *Run
	cmd     *exec.Cmd
	streams Streams

	kept    []*group.Stream // what is read here
	theirs  []*os.File      // what is only the program's, until it has been started
	signal  *os.File        // the start signal is written to it
	reading sync.WaitGroup

	ready   chan struct{} // closed when it is about to begin
	unread  error         // why what it did could not be read, once that is over
	exited  chan struct{} // closed when it has
	failure error         // of waiting for that
}

// follow runs the program from its beginning to its end. The error says why it
// did not end well, or could not be followed.
func (r *Run) follow(ctx context.Context, streams Streams, prepared func(), start <-chan struct{}) error {
	p := &process{run: r, cmd: r.Program.cmd, streams: streams, ready: make(chan struct{}), exited: make(chan struct{})}
	defer p.close()
	if err := p.begin(); err != nil {
		return err
	}
	late := p.release(ctx, prepared, start)
	select {
	case <-p.exited:
	case <-ctx.Done():
		p.end(ctx)
		<-p.exited
	}
	if !streams.Joined {
		group.End(p.cmd.Process.Pid)
	}
	p.drain()
	state := p.cmd.ProcessState
	r.update(func(s *player.Status) {
		s.ExitCode, s.CPU = exitCode(state), state.UserTime()+state.SystemTime()
		if s.Start.IsZero() {
			s.Start = time.Now()
		}
	})
	if late != nil {
		return late
	}
	return p.outcome()
}

// begin starts the program, which waits for the start signal before its main,
// and reads from then on what it tells and prints.
func (p *process) begin() error {
	if !p.streams.Joined {
		group.Lead(p.cmd)
	}
	events, told, err := p.pipe()
	if err != nil {
		return err
	}
	control, signal, err := os.Pipe()
	if err != nil {
		return err
	}
	p.signal, p.theirs = signal, append(p.theirs, control)
	p.cmd.Env = append(p.cmd.Env, pipes(group.HandOn(p.cmd, told, control)))
	if p.streams.In != nil {
		p.cmd.Stdin = p.streams.In
	}
	out, err := p.printed(p.streams.Out)
	if err != nil {
		return err
	}
	errs, err := p.printed(p.streams.Err)
	if err != nil {
		return err
	}
	p.cmd.Stdout, p.cmd.Stderr = out, errs
	err = p.cmd.Start()
	p.closeTheirs()
	if err != nil {
		p.drain()
		return fmt.Errorf("start %s: %w", p.run.Program.Name, err)
	}
	p.reading.Go(func() {
		p.unread = p.run.Program.read(p.run, events, sync.OnceFunc(func() { close(p.ready) }), p.run.changed)
		io.Copy(io.Discard, events) // a program must never block on us
	})
	go func() {
		p.failure = p.cmd.Wait()
		close(p.exited)
	}()
	return nil
}

// pipe is one that the program writes to.
func (p *process) pipe() (*group.Stream, *os.File, error) {
	stream, file, err := group.Pipe()
	if err == nil {
		p.kept, p.theirs = append(p.kept, stream), append(p.theirs, file)
	}
	return stream, file, err
}

// printed is where the program prints to: the file that was given, or a pipe
// whose lines are kept.
func (p *process) printed(given *os.File) (*os.File, error) {
	if given != nil {
		return given, nil
	}
	stream, file, err := p.pipe()
	if err != nil {
		return nil, err
	}
	p.reading.Go(func() {
		player.ReadLines(stream, player.Printable, func(text string) { p.run.print(time.Now(), text) })
	})
	return file, nil
}

// release gives the start signal when the program and all others are ready. It
// returns when that is given, or will never be. The error says that the program
// was not ready in time, and has been killed.
func (p *process) release(ctx context.Context, prepared func(), start <-chan struct{}) error {
	timeout := time.NewTimer(readyTimeout)
	defer timeout.Stop()
	select {
	case <-p.ready:
	case <-p.exited: // before its main, or it told nothing
		return nil
	case <-ctx.Done():
		return nil
	case <-timeout.C:
		p.cmd.Process.Kill()
		return fmt.Errorf("not ready after %v", readyTimeout)
	}
	prepared()
	select {
	case <-start:
	case <-p.exited:
	}
	p.run.update(func(s *player.Status) { s.Phase, s.Start = player.Going, time.Now() })
	io.WriteString(p.signal, "start\n") // an error shows in how it ends
	return nil
}

// end ends the program as whoever ended ctx wants to, and if it does not come to
// that kills it.
func (p *process) end(ctx context.Context) {
	select {
	case <-p.exited: // its number may be another one's by now
		return
	default:
	}
	by := os.Interrupt
	if e, ok := errors.AsType[*fault.SignalError](context.Cause(ctx)); ok {
		by = e.Signal
	}
	if !p.streams.Joined || by == syscall.SIGTERM { // the terminal has told the others already
		group.Tell(p.cmd.Process, by)
	}
	select {
	case <-p.exited:
	case <-time.After(grace):
		p.cmd.Process.Kill()
	}
}

// drain reads what there still is to be read, and waits for no more of it.
func (p *process) drain() {
	for _, s := range p.kept {
		s.Orphan()
	}
	p.reading.Wait()
}

// outcome says why the program did not end well, or could not be followed.
func (p *process) outcome() error {
	if _, failed := errors.AsType[*exec.ExitError](p.failure); p.failure != nil && !failed {
		return p.failure
	}
	if state := p.cmd.ProcessState; exitCode(state) != 0 {
		return errors.New(state.String())
	}
	if p.unread != nil && !errors.Is(p.unread, io.ErrUnexpectedEOF) { // else it was cut, as by os.Exit
		return fmt.Errorf("what it did could not be followed to the end: %w", p.unread)
	}
	return nil
}

func (p *process) closeTheirs() {
	for _, f := range p.theirs {
		f.Close()
	}
	p.theirs = nil
}

// close closes all pipes.
func (p *process) close() {
	p.closeTheirs()
	for _, s := range p.kept {
		s.Close()
	}
	if p.signal != nil {
		p.signal.Close()
	}
}

// exitCode is the status of a program that has ended, as a shell has it.
func exitCode(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}
