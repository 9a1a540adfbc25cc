// Package player runs variants of lessons, each in a child process, and
// streams what they do into Runs that can be watched. It shows nothing.
package player

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"sync"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/child"
	"gosyncio/runner/cpus"
	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// A Part is a run to make.
type Part struct {
	Variant  lessons.Variant
	Language Language
	// Program, if it is not nil, is what a run in Go starts instead of this
	// program. Of its variant, Run is not needed then.
	Program *Program
}

// A Program is one whose main returns child.Run, see package child. It is
// made by who makes the run, who also takes it away.
type Program struct {
	Path string
	// Package is the import path of what is shown: goroutines that run its
	// functions, and the places in them.
	Package string
	Source  []byte // of the file that is shown
}

// A Kind names a run among those of a comparison.
type Kind struct {
	Variant  string
	Language Language
}

// source is the file that is shown of a part.
func (p Part) source(s Setup) []byte {
	if p.Program != nil {
		return p.Program.Source
	}
	return p.Language.source().file(s)
}

// Kind is that of the part's run.
func (p Part) Kind() Kind { return Kind{p.Variant.Name, p.Language} }

// Setup is what Play plays.
type Setup struct {
	Lesson lessons.Lesson
	Values lessons.Values
	Parts  []Part // a run each, in the order in which they are shown
	Procs  int    // GOMAXPROCS of the runs in Go; 0 is the variant's own, or CPUs
	CPUs   int    // how many there are for the runs; 0 is cpus.Available
	// Source is the lesson's Python file. It is needed if a part is in
	// Python.
	Source []byte
	// Kept are runs that have been made with these settings and need not be
	// made again: those among them that are parts.
	Kept []Recording
	// Limit is when a run is stopped that has not ended; 0 is the usual.
	Limit time.Duration
}

// A Job is one run with all that it needs.
type Job struct {
	Part
	Lesson lessons.Lesson
	Values lessons.Values
	Procs  int           // GOMAXPROCS in Go; 0 is the variant's own, or Values.CPUs
	Ideal  time.Duration // how long perfect scheduling would take; 0 is unknown
	Source []byte        // the lesson's file in the language of the run
	// Measured says that the run is made for what it costs alone. What it
	// prints goes nowhere.
	Measured bool
	// Limit is when the run is stopped, for it would never end.
	Limit time.Duration
}

// limit is when a run is stopped that should wait for ideal, or, if that is 0,
// nobody knows how long, and may compute for work: far later than a slow
// machine needs.
func limit(ideal, work time.Duration) time.Duration {
	const most = math.MaxInt64 / 40
	least := 30 * time.Second
	if ideal == 0 {
		least = 10 * time.Minute
	}
	return 10*(min(ideal, most)+min(work, most)) + least
}

// undetectedLimit is how long something goes on beyond its waits that was to
// die when all its goroutines are asleep, and does not.
const undetectedLimit = 2 * time.Second

// isAlone reports whether nothing waits in the child beside the variant.
func isAlone(v lessons.Variant) bool { return v.Untraced && v.Dies != "" }

// traced reports whether the run has a timeline. Where only Go dies, only Go
// is without.
func (j Job) traced() bool {
	return !j.Variant.Untraced || isAlone(j.Variant) && j.Language != Go
}

// undetected reports whether the run is to show that all goroutines are
// asleep, and this program was built so that Go does not see it.
func (j Job) undetected() bool { return child.Cgo && isAlone(j.Variant) && j.Language == Go }

func work(lesson lessons.Lesson, values lessons.Values) time.Duration {
	if lesson.Work == nil {
		return 0
	}
	return lesson.Work(values)
}

// A Comparison is a set of runs that are watched together.
type Comparison struct {
	Lesson lessons.Lesson
	Values lessons.Values
	Runs   []*Run

	kept    map[int]Recording // by their places in a snapshot
	cancel  context.CancelFunc
	ended   chan struct{} // before done
	done    chan struct{}
	changed chan struct{}
}

// A Player makes runs, each in a child process. Its methods may be called by
// several goroutines.
type Player struct {
	environ  environ.Environ
	timeouts timeouts

	searching chan struct{} // has room for one who looks for Python
	found     *foundPython  // nil until it is known; only for who searches
}

// timeouts are how long a Player waits. They are far more than is needed.
type timeouts struct {
	ready time.Duration // for a child to be ready for the start signal
	kill  time.Duration // for a child to stop
	probe time.Duration // for an interpreter to tell its version
}

func usualTimeouts() timeouts {
	return timeouts{ready: 30 * time.Second, kill: time.Second, probe: 20 * time.Second}
}

// New is a Player whose children get the environment env. It looks for the
// Python interpreter when that is first needed.
func New(env environ.Environ) *Player {
	return &Player{environ: env, timeouts: usualTimeouts(), searching: make(chan struct{}, 1)}
}

// Play starts the parts of setup, all at one moment, or one after the other
// if the lesson asks for it, and first what they talk to. It does not wait
// for them. The caller must Wait. When ctx ends the runs are stopped.
func (p *Player) Play(ctx context.Context, setup Setup) (*Comparison, error) {
	lesson, values := setup.Lesson, setup.Values
	values.CPUs = cmp.Or(setup.CPUs, cpus.Available())
	kept, missing := setup.split()
	stop := func() error { return nil }
	if lesson.Serve != nil && len(missing) > 0 {
		var err error
		if values.Server, stop, err = p.serve(lesson, values); err != nil {
			return nil, advised(fmt.Errorf("start what %s talks to: %w", lesson.ID, err))
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	c := &Comparison{Lesson: lesson, Values: values, kept: kept, cancel: cancel, ended: make(chan struct{}), done: make(chan struct{}), changed: make(chan struct{}, 1)}
	for _, part := range missing {
		ideal := part.Language.source().ideal(part.Variant, values)
		job := Job{Part: part, Lesson: lesson, Values: values, Procs: setup.Procs, Ideal: ideal, Source: part.source(setup), Limit: cmp.Or(setup.Limit, limit(ideal, work(lesson, values)))}
		if job.undetected() {
			job.Limit = ideal + undetectedLimit
		}
		c.Runs = append(c.Runs, newRun(job, c.change))
	}
	go func() {
		defer close(c.done)
		defer cancel()
		for _, runs := range inTurn(lesson, c.Runs) {
			p.playTogether(ctx, runs)
		}
		end := sync.OnceFunc(func() { close(c.ended); c.change() })
		defer end() // unless there is more to do, all is over with the runs
		p.measureCosts(ctx, c, end)
		if err := stop(); err != nil {
			c.blame(err)
		}
	}()
	return c, nil
}

// split are the parts of which there are runs already, by their places among
// all, and those that are to be run.
func (s Setup) split() (kept map[int]Recording, missing []Part) {
	kept = map[int]Recording{}
	for i, part := range s.Parts {
		j := slices.IndexFunc(s.Kept, func(r Recording) bool { return r.Job.Kind() == part.Kind() })
		if j < 0 {
			missing = append(missing, part)
			continue
		}
		recording := s.Kept[j]
		recording.Kept, recording.Status.Measuring = true, false // nobody measures it any more
		kept[i] = recording
	}
	return kept, missing
}

// serve starts what runs talk to, and says how to stop it.
func (p *Player) serve(lesson lessons.Lesson, values lessons.Values) (addr string, stop func() error, err error) {
	clear := func() error { return nil }
	if lesson.KeepsFiles {
		if values.Folder, err = p.environ.MkdirTemp(); err != nil {
			return "", nil, unprepared(err)
		}
		clear = func() error { return os.RemoveAll(values.Folder) }
	}
	addr, server, err := lesson.Serve(values)
	switch {
	case err != nil:
		clear()
		return "", nil, err
	case server == nil:
		return addr, clear, nil
	}
	return addr, func() error { return errors.Join(server.Close(), clear()) }, nil
}

// inTurn are the runs in groups: what is in one is played together.
func inTurn(lesson lessons.Lesson, runs []*Run) [][]*Run {
	if !lesson.OneAtATime {
		return [][]*Run{runs}
	}
	return slices.Collect(slices.Chunk(runs, 1))
}

// blame says in all runs that failed, but were not stopped, what went wrong
// in the server that they talked to.
func (c *Comparison) blame(err error) {
	for _, run := range c.Runs {
		run.update(func(s *Status) {
			if s.Err != "" && s.Err != stopped {
				s.Err += "; the server: " + terminal.Printable(err.Error())
			}
		})
	}
}

// Cancel asks the runs to stop. It does not wait for them.
func (c *Comparison) Cancel() { c.cancel() }

// Done is closed when nothing more is to come: all runs have ended, what they
// cost has been measured, and no child is left.
func (c *Comparison) Done() <-chan struct{} { return c.done }

// Ended reports whether all runs have ended. What they cost may be measured
// after that.
func (c *Comparison) Ended() bool {
	select {
	case <-c.ended:
		return true
	default:
		return false
	}
}

// Changed has a value when there is something new to see in one of the runs
// since the last was taken. It is for one receiver.
func (c *Comparison) Changed() <-chan struct{} { return c.changed }

func (c *Comparison) change() {
	select {
	case c.changed <- struct{}{}:
	default: // it is known already
	}
}

// Wait waits until nothing more is to come, see Done.
func (c *Comparison) Wait() { <-c.done }

// playTogether starts a child for each run, waits until all are ready,
// gives all the start signal, and waits until all have ended.
func (p *Player) playTogether(ctx context.Context, runs []*Run) {
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

// stopped is the Err of a run that was asked to stop.
const stopped = "stopped"

// play makes the run. It calls prepared once, when the child is ready or
// has failed, and gives the start signal when start is closed.
func (p *Player) play(ctx context.Context, r *Run, prepared func(), start <-chan struct{}) {
	prepared = sync.OnceFunc(prepared)
	defer prepared()
	err := p.supervise(ctx, r, prepared, start)
	var end time.Duration
	r.update(func(s *Status) {
		if !s.told && !s.Start.IsZero() {
			s.Elapsed = time.Since(s.Start)
		}
		end = s.Elapsed
	})
	r.Timeline.Finish(end) // before it is said that the run has ended
	lanes := r.Timeline.Snapshot()
	r.update(func(s *Status) {
		s.Phase = Ended
		s.Output = printedBy(s.Output, end)
		s.Missing, _ = errors.AsType[*fault.Error](err)
		_, overdue := errors.AsType[*overdueError](err)
		if s.Missing != nil || overdue || s.Err == "" && err != nil {
			s.Err = r.printable(err.Error())
		}
		s.Err = withRemedy(s.Err)
		if ctx.Err() != nil && s.Err != "" {
			s.Err = stopped
		}
		s.Busy = busy(Recording{Job: r.Job, Status: *s, Lanes: lanes})
		s.Measuring = s.Err == "" && r.cost() != lessons.NoCost
	})
}
