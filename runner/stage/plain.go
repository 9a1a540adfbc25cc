package stage

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
)

// A Told is a comparison of which it is told what happens, in lines of text. A
// *player.Comparison is one.
type Told interface {
	WithoutLanes() player.Snapshot
	Changed() <-chan struct{} // has a value when there is something new
	Done() <-chan struct{}    // is closed when nothing more is to come
}

// Plain follows the runs to their end and prints a line for each line of
// output and for each end, then a summary. It never moves the cursor. It
// returns as soon as it cannot write.
func Plain(w io.Writer, c Told) error {
	t := NewTranscript(c)
	for printed, last := 0, false; !last; {
		select {
		case <-c.Changed():
		case <-t.follower.ripe():
		case <-c.Done():
			last = true
		}
		for _, line := range t.Lines()[printed:] {
			if _, err := io.WriteString(w, line+"\n"); err != nil {
				return err
			}
			printed++
		}
	}
	return nil
}

// A Transcript is what runs have done so far, in lines of text: one for each
// line of output and for each end, and when all have ended a summary.
type Transcript struct {
	comparison Told
	follower   follower
	lines      []string
	ended      bool
}

// NewTranscript is the transcript of c, which it neither starts nor stops.
func NewTranscript(c Told) *Transcript {
	return &Transcript{comparison: c, follower: follower{runs: make([]followed, len(c.WithoutLanes().Runs))}}
}

// Lines are those so far. There are only ever more.
func (t *Transcript) Lines() []string {
	if t.ended {
		return t.lines
	}
	ended := t.over() // before it is looked at: then nothing is missing
	s := t.comparison.WithoutLanes()
	for _, e := range t.follower.events(s, time.Now(), ended) {
		t.lines = append(t.lines, fmt.Sprintf("%8.3f s  %-*s  %s", e.at.Seconds(), widest(s), e.name, e.text))
	}
	if !ended {
		return t.lines
	}
	t.ended = true
	if len(t.lines) > 0 {
		t.lines = append(t.lines, "")
	}
	for _, panel := range panels(s, time.Time{}) {
		t.lines = append(t.lines, fmt.Sprintf("%-*s  %s", widest(s), s.Name(panel.Job), summary(panel)))
	}
	if s.Busy() {
		t.lines = append(t.lines, "", busy)
	}
	if wasCut(s) {
		t.lines = append(t.lines, "", cut)
	}
	return t.lines
}

// over reports whether nothing more is to come, not even what runs cost.
func (t *Transcript) over() bool {
	select {
	case <-t.comparison.Done():
		return true
	default:
		return false
	}
}

// widest is how wide the longest name of a run is.
func widest(s player.Snapshot) (width int) {
	for _, run := range s.Runs {
		width = max(width, ansi.StringWidth(s.Name(run.Job)))
	}
	return width
}

// late is how much later than it happened what happens in a run is known: its
// end is told in the trace, and that comes in pieces.
const late = 200 * time.Millisecond

// A follower knows what of each run has been told. It holds back what has
// just happened for as long as another run may yet tell of something before,
// so that time does not go back from one line to the next. (If a run tells
// even later than that, it does.)
type follower struct {
	runs []followed
	held []event // in order
}

type followed struct {
	lines int // of its output
	ended bool
	at    time.Duration // of the last event
}

// events are what has happened in the runs up to now that has not been told,
// in order; with all of it, nothing is held back.
func (f *follower) events(s player.Snapshot, now time.Time, all bool) (told []event) {
	const never = 1<<63 - 1
	until := time.Duration(never)
	for i, run := range s.Runs {
		seen, status := &f.runs[i], run.Status
		if status.Missing != nil || run.Kept { // which was told when it was made
			continue
		}
		add := func(at time.Duration, text string) {
			seen.at = max(seen.at, at) // what arrives late must not seem to go back
			f.held = append(f.held, event{seen.at, s.Name(run.Job), text})
		}
		for _, line := range status.Output[min(seen.lines, len(status.Output)):] { // of a crash less may be kept than was told
			add(line.At, line.Text)
		}
		seen.lines = len(status.Output)
		switch {
		case status.Phase == player.Ended && !seen.ended:
			seen.ended = true
			if status.Dropped > 0 {
				add(status.Elapsed, fmt.Sprintf("(%d more lines)", status.Dropped))
			}
			add(status.Elapsed, ending(status))
		case status.Phase == player.Going && status.Elapsed > 0: // it is over, and its child is about to be
			until = min(until, status.Elapsed)
		case status.Phase == player.Going:
			until = min(until, status.At(now)-late)
		}
	}
	slices.SortStableFunc(f.held, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	ripe := len(f.held)
	if !all {
		ripe, _ = slices.BinarySearchFunc(f.held, until, func(e event, t time.Duration) int { return cmp.Compare(e.at, t) })
	}
	told, f.held = f.held[:ripe], slices.Clone(f.held[ripe:])
	return told
}

// ripe gives a value when what is held back may be told; it is nil if nothing
// is.
func (f *follower) ripe() <-chan time.Time {
	if len(f.held) == 0 {
		return nil
	}
	return time.After(late)
}

// event is something that happened in a run and is worth a line.
type event struct {
	at         time.Duration
	name, text string
}

func ending(s player.Status) string {
	if s.Err != "" {
		return "(failed: " + s.Err + ")"
	}
	if s.Died != "" {
		return "(" + died(s) + ")"
	}
	return "(done)"
}

// died says how a process died, where that is what its run shows.
func died(s player.Status) string { return fmt.Sprintf("exit status %d: %s", s.ExitCode, s.Died) }

// summary is one run's times in a line.
func summary(p Panel) string {
	text := Seconds(p.Status.Elapsed)
	if p.Status.Err != "" {
		return text + "  " + p.Status.Err
	}
	if p.Status.Died != "" {
		return text + "  " + died(p.Status)
	}
	if ideal := p.Job.Ideal; ideal > 0 {
		text += " (ideal " + Seconds(ideal) + ")"
	}
	if t := speedup(p.Baseline, p.Status.Elapsed); t != "" {
		text += ", " + t
	}
	if d := difference(p); d != "" {
		text += ", " + d
	}
	if p.Status.Procs == 1 {
		text += ", on 1 CPU"
	}
	if cost := p.Status.Cost; cost != nil {
		text += ", cpu " + Seconds(cost.CPU)
		if cost.Memory > 0 {
			text += ", memory " + Megabytes(cost.Memory)
		}
	}
	return text
}
