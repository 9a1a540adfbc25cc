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
// output and for each end, then a summary. It never moves the cursor. If
// it cannot write it stops the runs.
func Plain(w io.Writer, c *player.Comparison) error {
	f := follower{runs: make([]followed, len(c.Runs)), name: names(c)}
	for _, run := range c.Runs {
		f.width = max(f.width, ansi.StringWidth(f.name(run.Job)))
	}
	for last := false; !last; {
		select {
		case <-c.Changed():
		case <-c.Done():
			last = true
		}
		for _, e := range f.events(c.Runs) {
			if _, err := fmt.Fprintf(w, "%8.3f s  %-*s  %s\n", e.at.Seconds(), f.width, e.name, e.text); err != nil {
				c.Cancel()
				c.Wait()
				return err
			}
		}
	}
	text := "\n"
	for _, panel := range panels(c.Snapshot(), time.Time{}) {
		text += fmt.Sprintf("%-*s  %s\n", f.width, f.name(panel.Job), summary(panel))
	}
	_, err := io.WriteString(w, text)
	return err
}

// follower knows what of each run has been printed.
type follower struct {
	runs  []followed
	name  func(player.Job) string
	width int // of the widest name
}

// names gives the runs names: the variant's, with the language if there is
// more than one.
func names(c *player.Comparison) func(player.Job) string {
	mixed := slices.ContainsFunc(c.Runs, func(r *player.Run) bool { return r.Job.Language != c.Runs[0].Job.Language })
	return func(j player.Job) string {
		if mixed {
			return j.Variant.Name + " " + j.Language.String()
		}
		return j.Variant.Name
	}
}

type followed struct {
	lines int // of its output
	ended bool
	at    time.Duration // of the last event
}

// events are what has happened in the runs since the last call, in order.
func (f *follower) events(runs []*player.Run) []event {
	var events []event
	for i, run := range runs {
		seen, status := &f.runs[i], run.Status()
		if status.Missing != nil {
			continue
		}
		add := func(at time.Duration, text string) {
			seen.at = max(seen.at, at) // what arrives late must not seem to go back
			events = append(events, event{seen.at, f.name(run.Job), text})
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
