package stage

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
)

// Plain follows the runs to their end and prints a line for each line of
// output and for each end, then a summary. It never moves the cursor.
func Plain(w io.Writer, c *player.Comparison) {
	printed := make([]int, len(c.Runs))
	ended := make([]bool, len(c.Runs))
	width := 0
	for _, run := range c.Runs {
		width = max(width, ansi.StringWidth(run.Job.Variant.Name))
	}
	for last := false; !last; {
		select {
		case <-c.Changed():
		case <-c.Done():
			last = true
		}
		var events []event
		for i, run := range c.Runs {
			status := run.Status()
			for _, line := range status.Output[printed[i]:] {
				events = append(events, event{line.At, run.Job.Variant.Name, line.Text})
			}
			printed[i] = len(status.Output)
			if status.Phase == player.Ended && !ended[i] {
				ended[i] = true
				events = append(events, event{status.Elapsed, run.Job.Variant.Name, ending(status)})
			}
		}
		slices.SortStableFunc(events, func(a, b event) int { return int(a.at - b.at) })
		for _, e := range events {
			fmt.Fprintf(w, "%8.3f s  %-*s  %s\n", e.at.Seconds(), width, e.variant, e.text)
		}
	}
	fmt.Fprintln(w)
	for i, panel := range panels(c, time.Time{}) {
		fmt.Fprintf(w, "%-*s  %s\n", width, c.Runs[i].Job.Variant.Name, summary(panel))
	}
}

// event is something that happened in a run and is worth a line.
type event struct {
	at            time.Duration
	variant, text string
}

func ending(s player.Status) string {
	if s.Err != "" {
		return "(failed: " + s.Err + ")"
	}
	return "(done)"
}

// summary is one run's times in a line.
func summary(p Panel) string {
	text := seconds(p.Status.Elapsed)
	if p.Status.Err != "" {
		return text + "  " + p.Status.Err
	}
	if ideal := p.Job.Ideal(); ideal > 0 {
		text += " (ideal " + seconds(ideal) + ")"
	}
	if t := times(p.Baseline, p.Status.Elapsed); t != "" {
		text += ", " + t
	}
	return text + fmt.Sprintf(", cpu %s, memory %s", seconds(p.Status.CPU), megabytes(p.Status.MaxRSS))
}

// panels are the runs as they stand at the time now, each compared with the
// sequential run if that has ended well.
func panels(c *player.Comparison, now time.Time) []Panel {
	panels := make([]Panel, len(c.Runs))
	var baseline time.Duration
	for i, run := range c.Runs {
		status := run.Status()
		panels[i] = Panel{Job: run.Job, Status: status, Timeline: run.Timeline, At: status.At(now)}
		if run.Job.Variant.Name == "sequential" && status.Phase == player.Ended && status.Err == "" {
			baseline = status.Elapsed
		}
	}
	for i, p := range panels {
		if p.Job.Variant.Name != "sequential" && !p.Job.Variant.Partial {
			panels[i].Baseline = baseline
		}
	}
	return panels
}
