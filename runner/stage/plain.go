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

// Plain follows the runs to their end and prints a line for each line of
// output and for each end, then a summary. It never moves the cursor. It
// returns as soon as it cannot write.
func Plain(w io.Writer, c *player.Comparison) error {
	f := follower{runs: make([]followed, len(c.Runs))}
	for last := false; !last; {
		select {
		case <-c.Changed():
		case <-c.Done():
			last = true
		}
		s := c.WithoutLanes()
		for _, e := range f.events(s) {
			if _, err := fmt.Fprintf(w, "%8.3f s  %-*s  %s\n", e.at.Seconds(), widest(s), e.name, e.text); err != nil {
				return err
			}
		}
	}
	text, s := "\n", c.WithoutLanes()
	for _, panel := range panels(s, time.Time{}) {
		text += fmt.Sprintf("%-*s  %s\n", widest(s), s.Name(panel.Job), summary(panel))
	}
	_, err := io.WriteString(w, text)
	return err
}

// widest is how wide the longest name of a run is.
func widest(s player.Snapshot) (width int) {
	for _, run := range s.Runs {
		width = max(width, ansi.StringWidth(s.Name(run.Job)))
	}
	return width
}

// follower knows what of each run has been printed.
type follower struct{ runs []followed }

type followed struct {
	lines int // of its output
	ended bool
	at    time.Duration // of the last event
}

// events are what has happened in the runs since the last call, in order.
func (f *follower) events(s player.Snapshot) []event {
	var events []event
	for i, run := range s.Runs {
		seen, status := &f.runs[i], run.Status
		if status.Missing != nil {
			continue
		}
		add := func(at time.Duration, text string) {
			seen.at = max(seen.at, at) // what arrives late must not seem to go back
			events = append(events, event{seen.at, s.Name(run.Job), text})
		}
		for _, line := range status.Output[seen.lines:] {
			add(line.At, line.Text)
		}
		seen.lines = len(status.Output)
		if status.Phase == player.Ended && !seen.ended {
			seen.ended = true
			if status.Dropped > 0 {
				add(status.Elapsed, fmt.Sprintf("(%d more lines)", status.Dropped))
			}
			add(status.Elapsed, ending(status))
		}
	}
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	return events
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
	return "(done)"
}

// summary is one run's times in a line.
func summary(p Panel) string {
	text := Seconds(p.Status.Elapsed)
	if p.Status.Err != "" {
		return text + "  " + p.Status.Err
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
	return text + fmt.Sprintf(", cpu %s, memory %s", Seconds(p.Status.CPU), megabytes(p.Status.MaxRSS))
}
