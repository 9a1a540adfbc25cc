package follow

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/findings"
	"gosyncio/runner/player"
	"gosyncio/runner/terminal"
	"gosyncio/runner/timeline"
)

// Plain follows the programs to their end and prints a line for each line of
// output that is kept, then what their lanes did. It returns as soon as it cannot write.
func Plain(to io.Writer, s *Session) error {
	w := bufio.NewWriterSize(to, 64<<10) // a program may print very much
	told, said := make([]int, len(s.Runs)), make([]bool, len(s.Runs))
	for last := false; !last; {
		select {
		case <-s.Changed():
		case <-s.Done():
			last = true
		}
		for i, r := range s.Runs {
			if f, ok := r.deadlocked(); ok && !said[i] { // it would not be said in the end: there may be none
				said[i] = true
				fmt.Fprintf(w, "%8.3f s  %sfound: %s\n", r.clock().Seconds(), s.prefix(r), f.Message)
			}
			status := r.Status()
			if lost := status.Dropped - told[i]; lost > 0 {
				fmt.Fprintf(w, "            %s(%d lines came too fast)\n", s.prefix(r), lost)
				told[i] = status.Dropped
			}
			for _, line := range status.Output[told[i]-status.Dropped:] {
				fmt.Fprintf(w, "%8.3f s  %s%s\n", line.At.Seconds(), s.prefix(r), line.Text)
			}
			told[i] = status.Dropped + len(status.Output)
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	for _, r := range s.Runs {
		if err := summary(w, r.Program.Name, r.Status(), r.Timeline.Snapshot(), r.Findings()); err != nil {
			return err
		}
	}
	return w.Flush()
}

// PlainRecorded is Plain of programs that were recorded, with what was found in
// each of them. What they printed is in the order of its times.
func PlainRecorded(to io.Writer, s player.Snapshot, found [][]findings.Finding) error {
	w := bufio.NewWriterSize(to, 64<<10)
	type line struct {
		player.Line
		prefix string
	}
	var lines []line
	for _, run := range s.Present() {
		prefix := ""
		if len(s.Present()) > 1 {
			prefix = run.Job.Variant.Name + "  "
		}
		if run.Status.Dropped > 0 {
			fmt.Fprintf(w, "            %s(%d lines before these are not kept)\n", prefix, run.Status.Dropped)
		}
		for _, l := range run.Status.Output {
			lines = append(lines, line{l, prefix})
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.At, b.At) })
	for _, l := range lines {
		fmt.Fprintf(w, "%8.3f s  %s%s\n", l.At.Seconds(), l.prefix, l.Text)
	}
	for i, run := range s.Present() {
		if err := summary(w, run.Job.Variant.Name, run.Status, run.Lanes, found[i]); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (s *Session) prefix(r *Run) string {
	if len(s.Runs) == 1 {
		return ""
	}
	return r.Program.Name + "  "
}

// summary is what the lanes of a run did, those of a name together, and what was
// found in it.
func summary(w io.Writer, program string, status player.Status, lanes []timeline.Lane, found []findings.Finding) error {
	type sum struct {
		name   string
		count  int
		totals [timeline.States]time.Duration
	}
	var sums []*sum
	known := map[string]*sum{}
	for _, lane := range lanes {
		name := lane.Name
		if lane.Origin != nil && lane.Origin.Library {
			name = Library
		}
		of := known[name]
		if of == nil {
			of = &sum{name: name}
			known[name], sums = of, append(sums, of)
		}
		of.count++
		for state := range timeline.States {
			of.totals[state] += lane.Total(state)
		}
	}
	end := "ended"
	if status.Err != "" {
		end = status.Err
	}
	if _, err := fmt.Fprintf(w, "\n%s  %.3f s  %s\n", program, status.Elapsed.Seconds(), end); err != nil {
		return err
	}
	width := 0
	for _, sum := range sums {
		if sum.count > 1 {
			sum.name = fmt.Sprintf("%s ×%d", sum.name, sum.count)
		}
		width = max(width, ansi.StringWidth(sum.name))
	}
	const widest = 34
	for _, sum := range sums {
		fill := max(min(width, widest)-ansi.StringWidth(sum.name), 0)
		line := "  " + sum.name + strings.Repeat(" ", fill)
		for state, total := range sum.totals {
			if total >= time.Millisecond/2 { // what is shown as 0 says nothing
				line += fmt.Sprintf("  %v %.3f s", timeline.State(state), total.Seconds())
			}
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	for _, f := range found {
		if _, err := fmt.Fprintf(w, "  found: %s\n", f.Message); err != nil {
			return err
		}
		for _, line := range terminal.Wrap(f.Why, 9, 80) {
			fmt.Fprintln(w, line)
		}
	}
	return nil
}

// Library is the name of what is not of the program itself.
const Library = "runtime and std"
