package player

import (
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons"
	"gosyncio/runner/child"
	"gosyncio/runner/fault"
	"gosyncio/runner/timeline"
)

// Phase is how far a run has come.
type Phase uint8

const (
	Preparing Phase = iota // its child is being started, or waits for the start signal
	Going                  // the start signal has been given
	Ended                  // it has returned, failed or been stopped
)

// A Line is one line of output.
type Line struct {
	At   time.Duration // since the start signal
	Text string        // printable characters only
}

// maxLines and maxLine bound what is kept of a run's output: so many lines,
// of so many characters.
const (
	maxLines = 20_000
	maxLine  = 500
)

// A Run is one variant being run, or run. It may be read while it goes on.
type Run struct {
	Job Job
	// Timeline is what its goroutines or tasks did.
	Timeline *timeline.Timeline

	secrets lessons.Secrets // of the job
	changed func()          // says that there is something new to see
	mu      sync.Mutex
	status  Status

	// Only for who reads the child's stderr, and then for who waited for it.
	begun bool     // whether what is printed is the lesson's
	early []string // the end of what was printed before that
	// unkept is the first line behind those that are kept with which the
	// program says that it dies.
	unkept string
	// last is the crash that the run shows, told when all of it is there.
	last []Line
}

// newRun is a run that has not been started. It calls changed whenever there is
// something new to see.
func newRun(job Job, changed func()) *Run {
	r := &Run{Job: job, secrets: job.Values.Secrets(), changed: changed, status: Status{Traced: job.traced(), ExitCode: -1}}
	r.Timeline = &timeline.Timeline{Now: r.clock}
	return r
}

// clock is how far the run has come.
func (r *Run) clock() time.Duration { return r.Status().At(time.Now()) }

// Status is what is known of a run at one moment.
type Status struct {
	Phase   Phase
	Start   time.Time     // of the start signal; zero before it
	Elapsed time.Duration // once ended: measured in the child if it could be
	CPU     time.Duration // user and system time between start and end
	MaxRSS  int64         // peak memory in bytes; 0 is unknown
	memory  int64         // of that, what was not there before the start
	told    bool          // the child has told what it measured
	// Cost is what its code costs, if the lesson is about that, once it has
	// been measured; nil is unknown. Measuring says that it is still to come.
	Cost      *Cost
	Measuring bool
	// Busy says that others took the CPUs that it wanted.
	Busy    bool
	Procs   int    // its GOMAXPROCS; 0 in Python
	Version string // of Python, such as "3.11.7"; "" in Go
	// ExitCode is the child's; -1 if it was killed by a signal, could not
	// be started or has not ended.
	ExitCode int
	// Died is the line in which Go said why the whole process died, where that
	// is what the variant shows; "" if it did not, or that is an Err.
	Died string
	// Err says in a few words what went wrong; "" if nothing did.
	Err string
	// Missing says why there is no Python for the run, which has then
	// ended before it began; nil if there is.
	Missing *fault.Error
	// Traced says that there is a timeline.
	Traced bool
	Output []Line // in the order of time; not to be changed
	// Dropped is how many lines came after the last that was kept.
	Dropped int
}

// At is how far the run has come at the time now: 0 before the start, its
// elapsed time after the end.
func (s Status) At(now time.Time) time.Duration {
	switch s.Phase {
	case Preparing:
		return 0
	case Going:
		return now.Sub(s.Start)
	}
	return s.Elapsed
}

// Status is what is known of the run now.
func (r *Run) Status() Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}

// printable is text that can be shown, without the secrets of the run.
func (r *Run) printable(text string) string { return printable(r.secrets.Conceal(text)) }

// name is the name of a lane, a reason or a place as it is shown, which is
// short.
func (r *Run) name(text string) string {
	const most = 100 // columns, and characters
	text = ansi.Truncate(r.printable(text), most, "…")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…" // some of them take no room
	}
	return text
}

func (r *Run) update(change func(*Status)) {
	r.mu.Lock()
	change(&r.status)
	r.mu.Unlock()
	r.changed()
}

// maxEarly is how many lines are kept of what is printed before a child is
// ready, and from the line on with which a program says that it dies.
const maxEarly = 10

// maxCrash is how many lines are kept of a crash that is what a run shows.
const maxCrash = 40

// hear takes a line of what the child writes to its stderr, which arrived at
// the time now. The lesson's output begins behind child.QuietLine.
func (r *Run) hear(now time.Time, text string) {
	switch {
	case r.begun:
		r.print(now, text)
	case text == child.QuietLine:
		r.begun, r.early = true, nil
	case text != "":
		if len(r.early) == maxEarly {
			if isCrash(r.early[0]) {
				return
			}
			r.early = r.early[1:]
		}
		r.early = append(r.early, text)
	}
}

// tellEarly makes what a child printed that never got ready its output,
// and returns the reason that it gives; "" if there is none.
func (r *Run) tellEarly() string {
	for _, text := range r.early {
		r.print(time.Time{}, text)
	}
	return reason(r.early)
}

// print adds a line of output that arrived at the time now.
func (r *Run) print(now time.Time, text string) {
	if r.dies() != "" && (len(r.last) > 0 || isCrash(text)) && len(r.last) < maxLines {
		r.last = append(r.last, Line{max(0, now.Sub(r.Status().Start)), text})
		return
	}
	r.update(func(s *Status) {
		if len(s.Output) >= maxLines {
			s.Dropped++
			if r.unkept == "" && isCrash(text) {
				r.unkept = text
			}
			return
		}
		at := time.Duration(0)
		if !s.Start.IsZero() {
			at = max(0, now.Sub(s.Start)) // it may have come before the start was known
		}
		s.Output = append(s.Output, Line{at, text})
	})
}

// LaneName is the name of a lane as it is shown, which is short.
func LaneName(name string) string { return (&Run{}).name(name) }
