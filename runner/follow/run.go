package follow

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/fault"
	"gosyncio/runner/findings"
	"gosyncio/runner/group"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// Streams are what a program reads and writes.
type Streams struct {
	In       *os.File // nil is nothing
	Out, Err *os.File // nil: what it prints is kept, and shown beside its lanes
	// Joined keeps the programs in our own group of processes, so that they can
	// read from the terminal.
	Joined bool
}

// A Run is a program that is followed, or was.
type Run struct {
	Program  *Program
	Timeline *timeline.Timeline

	mu      sync.Mutex
	status  player.Status
	changed func()
	slowed  func() []timeline.Slow // of a script; nil before it is known
	found   []findings.Finding
	leaks   string // the runtime's profile of leaks, as it was in the end
}

// A Session is programs that were started together.
type Session struct {
	Runs []*Run

	streams Streams
	cancel  context.CancelFunc
	changed chan struct{}
	done    chan struct{}
}

// maxLines is how many lines of a program's output are kept, the last ones.
const maxLines = 10_000

// Start starts programs, all at one moment when all are ready. It does not wait
// for them. The caller must Wait, after which they are cleared away. When ctx
// ends they are stopped, by the signal that is its cause if it is one.
func Start(ctx context.Context, programs []*Program, streams Streams) *Session {
	ctx, cancel := context.WithCancel(ctx)
	s := &Session{streams: streams, cancel: cancel, changed: make(chan struct{}, 1), done: make(chan struct{})}
	start := make(chan struct{})
	var ready, ended sync.WaitGroup
	for _, program := range programs {
		r := &Run{Program: program, changed: s.change, status: player.Status{Traced: true, ExitCode: -1}}
		r.Timeline = &timeline.Timeline{Now: r.clock}
		r.Timeline.Recent()
		s.Runs = append(s.Runs, r)
	}
	for _, r := range s.Runs {
		ready.Add(1)
		ended.Go(func() {
			prepared := sync.OnceFunc(ready.Done)
			defer prepared()
			r.supervise(ctx, streams, prepared, start)
		})
	}
	go func() {
		defer cancel()
		ready.Wait()
		close(start)
		ended.Wait()
		for _, r := range s.Runs {
			r.look()
		}
		close(s.done)
		s.change()
	}()
	go s.lookOut()
	return s
}

// lookOut looks for what seems wrong now and then, until all has ended.
func (s *Session) lookOut() {
	const share = 20 // of the time, at most
	pause := time.Second
	for {
		select {
		case <-s.done:
			return
		case <-time.After(pause):
		}
		began := time.Now()
		for _, r := range s.Runs {
			if r.Status().Phase == player.Going {
				r.look()
			}
		}
		pause = max(time.Second, share*time.Since(began))
		s.change()
	}
}

// Changed has a value when there is something new to see since the last was
// taken. It is for one receiver.
func (s *Session) Changed() <-chan struct{} { return s.changed }

// Done is closed when all programs have ended.
func (s *Session) Done() <-chan struct{} { return s.done }

// Ended reports whether all programs have ended.
func (s *Session) Ended() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// Stop asks the programs to end, as Ctrl-C does, and ends them if they do not
// soon. It does not wait for them.
func (s *Session) Stop() { s.cancel() }

// Pass passes a signal on to the programs.
func (s *Session) Pass(signal os.Signal) {
	for _, r := range s.Runs {
		if r.Status().Phase == player.Going && r.Program.cmd.Process != nil {
			group.Pass(r.Program.cmd.Process, signal)
		}
	}
}

// Wait waits until all programs have ended.
func (s *Session) Wait() { <-s.done }

func (s *Session) change() {
	select {
	case s.changed <- struct{}{}:
	default: // it is known already
	}
}

// Snapshot is what is known now, with all lanes that are kept.
func (s *Session) Snapshot() player.Snapshot {
	snapshot := player.Snapshot{Lesson: lessons.Lesson{ID: player.OwnProgram}, Ended: s.Ended()} // asked first: then what follows is the end
	for _, r := range s.Runs {
		snapshot.Runs = append(snapshot.Runs, player.Recording{
			Job: r.job(), Status: r.Status(), Lanes: r.Timeline.Snapshot(), Density: r.Timeline.Density(),
			Cut: r.Timeline.Cut() || r.Timeline.Since() > 0,
		})
	}
	return snapshot
}

// Findings are those of each run, see Run.Findings.
func (s *Session) Findings() (found [][]findings.Finding) {
	for _, r := range s.Runs {
		found = append(found, r.Findings())
	}
	return found
}

// ExitCode is the exit status for all of them: that of the first that has not
// ended well, or 0. Who died of a signal has 128 and its number, as in a shell.
func (s *Session) ExitCode() int {
	for _, r := range s.Runs {
		status := r.Status()
		if status.ExitCode != 0 {
			if status.ExitCode < 0 {
				return 1
			}
			return status.ExitCode
		}
	}
	return 0
}

func (r *Run) job() player.Job {
	unknown := func(lessons.Values) time.Duration { return 0 }
	return player.Job{Part: player.Part{Language: r.Program.Language, Variant: lessons.Variant{Name: r.Program.Name, Ideal: unknown, PythonIdeal: unknown}}}
}

// slow sets where the steps come from that took long.
func (r *Run) slow(slow func() []timeline.Slow) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.slowed = slow
}

// Slow are the steps in which a task of a script kept the loop to itself for
// long; nil in Go.
func (r *Run) Slow() []timeline.Slow {
	r.mu.Lock()
	slowed := r.slowed
	r.mu.Unlock()
	if slowed == nil {
		return nil
	}
	return slowed()
}

// look looks for what seems wrong in the run.
func (r *Run) look() {
	status := r.Status()
	if status.Phase == player.Preparing {
		return
	}
	ended := status.Phase == player.Ended
	found := findings.Find(findings.Program{
		Script: r.Program.Language == player.Python,
		Lanes:  r.Timeline.Snapshot(), Locks: r.Timeline.Locks(), Slow: r.Slow(),
		Now: status.At(time.Now()), Ended: ended, Returned: ended && r.Timeline.End() > 0,
		Text: r.Program.text,
	})
	profile := r.leaks
	if !ended {
		profile = r.Program.profile()
	}
	found = append(found, r.Program.leaked(profile)...)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found = found
}

// Findings are what looked wrong when it was looked at last, about a second
// ago; once the run has ended, in the end.
func (r *Run) Findings() []findings.Finding {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.found
}

// deadlocked is the finding that nothing can go on, if there is one.
func (r *Run) deadlocked() (findings.Finding, bool) {
	found := r.Findings()
	i := slices.IndexFunc(found, func(f findings.Finding) bool { return f.Kind == "deadlock" })
	if i < 0 {
		return findings.Finding{}, false
	}
	return found[i], true
}

// Name is what the program was called by the learner.
func (r *Run) Name() string { return r.Program.Name }

// Language is the program's.
func (r *Run) Language() player.Language { return r.Program.Language }

// Window are the lanes that there were between two times, and since when they
// are known.
func (r *Run) Window(from, to time.Duration) (lanes []timeline.Lane, since time.Duration) {
	return r.Timeline.Window(from, to), r.Timeline.Since()
}

// Status is what is known of the run now.
func (r *Run) Status() player.Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}

func (r *Run) clock() time.Duration { return r.Status().At(time.Now()) }

func (r *Run) update(change func(*player.Status)) {
	r.mu.Lock()
	change(&r.status)
	r.mu.Unlock()
	r.changed()
}

// readyTimeout is far more than a program needs to come to its main.
const readyTimeout = 60 * time.Second

// grace is how long a program may take to end that was asked to.
const grace = 5 * time.Second

// supervise starts the program, follows it to its end and clears it away.
func (r *Run) supervise(ctx context.Context, streams Streams, prepared func(), start <-chan struct{}) {
	defer r.Program.Clear()
	defer func() { r.leaks = r.Program.profile() }() // before that
	err := r.follow(ctx, streams, prepared, start)
	end := r.Timeline.End()
	r.update(func(s *player.Status) {
		if s.Elapsed = end; end == 0 && !s.Start.IsZero() {
			s.Elapsed = time.Since(s.Start)
		}
		end = s.Elapsed
	})
	r.Timeline.Finish(end) // before it is said that the run has ended
	r.update(func(s *player.Status) {
		s.Phase = player.Ended
		if err != nil && s.Err == "" {
			s.Err = player.Printable(err.Error())
		}
	})
}

func (r *Run) follow(ctx context.Context, streams Streams, prepared func(), start <-chan struct{}) error {
	cmd := r.Program.cmd
	if !streams.Joined {
		group.Lead(cmd)
	}
	var reading sync.WaitGroup
	var kept []*group.Stream // what is read here
	var theirs []*os.File    // what is only the program's
	defer func() {
		for _, f := range theirs {
			f.Close()
		}
	}()
	pipe := func() (*group.Stream, *os.File, error) {
		stream, file, err := group.Pipe()
		if err == nil {
			kept, theirs = append(kept, stream), append(theirs, file)
		}
		return stream, file, err
	}
	defer func() {
		for _, s := range kept {
			s.Close()
		}
	}()
	events, told, err := pipe()
	if err != nil {
		return err
	}
	control, signal, err := os.Pipe()
	if err != nil {
		return err
	}
	defer signal.Close()
	theirs = append(theirs, control)
	cmd.Env = append(cmd.Env, pipes(group.HandOn(cmd, told, control)))
	if streams.In != nil {
		cmd.Stdin = streams.In
	}
	hear := func(to **os.File, given *os.File) error {
		if *to = given; given != nil {
			return nil
		}
		stream, file, err := pipe()
		if err != nil {
			return err
		}
		*to = file
		reading.Go(func() {
			player.ReadLines(stream, player.Printable, func(text string) { r.print(time.Now(), text) })
		})
		return nil
	}
	var out, errs *os.File
	if err := errors.Join(hear(&out, streams.Out), hear(&errs, streams.Err)); err != nil {
		return err
	}
	cmd.Stdout, cmd.Stderr = out, errs
	if err := cmd.Start(); err != nil {
		for _, s := range kept {
			s.Orphan()
		}
		for _, f := range theirs {
			f.Close()
		}
		reading.Wait()
		return fmt.Errorf("start %s: %w", r.Program.Name, err)
	}
	for _, f := range theirs {
		f.Close()
	}
	theirs = nil
	ready := make(chan struct{})
	var traceErr error
	reading.Go(func() {
		traceErr = r.Program.read(r, events, sync.OnceFunc(func() { close(ready) }), r.changed)
		io.Copy(io.Discard, events) // a program must never block on us
	})
	exited := make(chan struct{})
	var exit error
	go func() {
		exit = cmd.Wait()
		close(exited)
	}()
	end := func() {
		select {
		case <-exited: // its number may be another one's by now
			return
		default:
		}
		by := os.Interrupt
		if e, ok := errors.AsType[*fault.SignalError](context.Cause(ctx)); ok {
			by = e.Signal
		}
		if !streams.Joined || by == syscall.SIGTERM { // the terminal has told the others already
			group.Tell(cmd.Process, by)
		}
		select {
		case <-exited:
		case <-time.After(grace):
			cmd.Process.Kill()
		}
	}
	var late error
	timeout := time.NewTimer(readyTimeout)
	defer timeout.Stop()
	select {
	case <-ready:
		prepared()
		select {
		case <-start:
		case <-exited:
		}
		r.update(func(s *player.Status) { s.Phase, s.Start = player.Going, time.Now() })
		io.WriteString(signal, "start\n") // an error shows in how it ends
	case <-exited: // it ended before its main, or told nothing
	case <-timeout.C:
		late = fmt.Errorf("not ready after %v", readyTimeout)
		cmd.Process.Kill()
	case <-ctx.Done():
	}
	select {
	case <-exited:
	case <-ctx.Done():
		end()
		<-exited
	}
	if !streams.Joined {
		group.End(cmd.Process.Pid)
	}
	for _, s := range kept {
		s.Orphan()
	}
	reading.Wait()
	state := cmd.ProcessState
	r.update(func(s *player.Status) {
		s.ExitCode, s.CPU = exitCode(state), state.UserTime()+state.SystemTime()
		if s.Start.IsZero() {
			s.Start = time.Now()
		}
	})
	if late != nil {
		return late
	}
	if _, failed := errors.AsType[*exec.ExitError](exit); exit != nil && !failed {
		return exit
	}
	if code := exitCode(state); code != 0 {
		return errors.New(state.String())
	}
	if traceErr != nil && !errors.Is(traceErr, io.ErrUnexpectedEOF) { // else it was cut, as by os.Exit
		return fmt.Errorf("what it did could not be followed to the end: %w", traceErr)
	}
	return nil
}

// exitCode is the status of a program that has ended, as a shell has it.
func exitCode(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}

// print adds a line of output that arrived at the time now. Of very many the
// last are kept.
func (r *Run) print(now time.Time, text string) {
	r.update(func(s *player.Status) {
		at := time.Duration(0)
		if !s.Start.IsZero() {
			at = max(0, now.Sub(s.Start))
		}
		if len(s.Output) >= 2*maxLines {
			s.Dropped += len(s.Output) - maxLines
			s.Output = append(make([]player.Line, 0, 2*maxLines), s.Output[len(s.Output)-maxLines:]...)
		}
		s.Output = append(s.Output, player.Line{At: at, Text: text})
	})
}
