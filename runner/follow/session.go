package follow

import (
	"context"
	"os"
	"sync"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/findings"
	"gosyncio/runner/group"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// A Session is programs that were started together.
type Session struct {
	Runs []*Run

	streams Streams
	cancel  context.CancelFunc
	changed chan struct{}
	done    chan struct{}
}

// Streams are what a program reads and writes.
type Streams struct {
	In       *os.File // nil is nothing
	Out, Err *os.File // nil: what it prints is kept, and shown beside its lanes
	// Joined keeps the programs in our own group of processes, so that they can
	// read from the terminal.
	Joined bool
}

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
