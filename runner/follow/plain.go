package follow

import (
	"bufio"
	"fmt"
	"io"
	"time"

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
		if err := summary(w, r); err != nil {
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

// summary is what the lanes of a run did, those of a name together.
func summary(w io.Writer, r *Run) error {
	type sum struct {
		name   string
		count  int
		totals [timeline.States]time.Duration
	}
	var sums []*sum
	known := map[string]*sum{}
	for _, lane := range r.Timeline.Snapshot() {
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
	status := r.Status()
	end := "ended"
	if status.Err != "" {
		end = status.Err
	}
	if _, err := fmt.Fprintf(w, "\n%s  %.3f s  %s\n", r.Program.Name, status.Elapsed.Seconds(), end); err != nil {
		return err
	}
	for _, sum := range sums {
		name := sum.name
		if sum.count > 1 {
			name = fmt.Sprintf("%s ×%d", name, sum.count)
		}
		if _, err := fmt.Fprintf(w, "  %-40s", name); err != nil {
			return err
		}
		for state, total := range sum.totals {
			if total > 0 {
				fmt.Fprintf(w, "  %v %.3f s", timeline.State(state), total.Seconds())
			}
		}
		fmt.Fprintln(w)
	}
	for _, f := range r.Findings() {
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
