package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"gosyncio/runner/export"
	"gosyncio/runner/fault"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
)

// --repeat takes from minRepeat to maxRepeat rounds.
const (
	minRepeat = 2
	maxRepeat = 1000
)

// repeat makes the whole comparison rounds times, one after the other, and
// tells how the runs' times and figures differ. In text there is a line for
// each round as it ends, and what was measured is shown even if ctx ends.
func repeat(ctx context.Context, out *output, p *player.Player, r plan.Request, rounds int, asJSON bool) error {
	say := func(text string) error {
		if asJSON {
			return nil
		}
		_, err := out.Out.WriteString(text)
		return err
	}
	if err := say(r.Heading() + "\n"); err != nil {
		return err
	}
	var all repeats
	var last player.Snapshot
	for round := 1; round <= rounds && ctx.Err() == nil; round++ {
		c, err := p.Play(ctx, r.Setup())
		if err != nil {
			return err
		}
		c.Wait()
		if ctx.Err() != nil {
			break // it was cut short
		}
		s := c.Snapshot()
		if len(s.Present()) == 0 {
			return s.Missing()
		}
		last = s
		all.add(s)
		if err := say(fmt.Sprintf("round %d of %d: %s\n", round, rounds, all.round())); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		return ctx.Err()
	}
	if err := say(all.text()); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if asJSON {
		if err := export.JSONRepeated(out.Out, last, rounds, all.statistics()); err != nil {
			return err
		}
		for _, failure := range all.failures() {
			fmt.Fprintln(out.Err, "gosyncio:", failure)
		}
	}
	err := outcome(out, last)
	if err == nil && len(all.failures()) > 0 {
		return fault.ErrRunFailed
	}
	return err
}

// repeats are the runs of a comparison that is made several times.
type repeats []*repeated

// A repeated is one of the runs, in all rounds so far.
type repeated struct {
	name    string
	elapsed []time.Duration // in the rounds in which it succeeded
	failed  int             // in how many it did not
	why     string          // at first
	latest  string          // how the last round was
	lines   varying
	cpu     []time.Duration // in the rounds in which it was measured
	memory  []int64         // likewise
	busy    int             // in how many rounds others took the CPUs
}

// add takes in a round.
func (all *repeats) add(s player.Snapshot) {
	runs := s.Present()
	for len(*all) < len(runs) {
		*all = append(*all, &repeated{name: player.Snapshot{Runs: runs}.Name(runs[len(*all)].Job)})
	}
	for i, run := range runs {
		(*all)[i].add(run.Status)
	}
}

// add takes in how the run was in a round.
func (r *repeated) add(status player.Status) {
	if status.Err != "" {
		r.failed++
		r.why = cmp.Or(r.why, status.Err)
		r.latest = "failed: " + status.Err
		return
	}
	r.elapsed = append(r.elapsed, status.Elapsed)
	r.latest = stage.Seconds(status.Elapsed)
	r.lines.add(status.Output)
	if status.Busy {
		r.busy++
		r.latest += " (busy)"
	}
	if cost := status.Cost; cost != nil {
		r.cpu = append(r.cpu, cost.CPU)
		if cost.Memory > 0 {
			r.memory = append(r.memory, cost.Memory)
		}
	}
}

// cost are the medians of what the run's code cost; "-" if that is not known.
func (r *repeated) cost() (cpu, memory string) {
	cpu, memory = "-", "-"
	if len(r.cpu) > 0 {
		cpu = stage.Seconds(median(r.cpu))
	}
	if len(r.memory) > 0 {
		memory = stage.Megabytes(median(r.memory))
	}
	return cpu, memory
}

// median is the one in the middle of values, of which there is at least one,
// or between the two in the middle.
func median[N ~int64](values []N) N {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[middle-1] + sorted[middle]) / 2
	}
	return sorted[middle]
}

// busy is in how many rounds others took the CPUs from one of the runs, at
// least.
func (all repeats) busy() (rounds int) {
	for _, run := range all {
		rounds = max(rounds, run.busy)
	}
	return rounds
}

// round is the last round in a line.
func (all repeats) round() string {
	var parts []string
	for _, run := range all {
		parts = append(parts, run.name+" "+run.latest)
	}
	return strings.Join(parts, ", ")
}

// statistics are those of each run.
func (all repeats) statistics() []export.Repeats {
	var statistics []export.Repeats
	for _, run := range all {
		statistics = append(statistics, run.statistics())
	}
	return statistics
}

// failures say which runs failed, in a line each.
func (all repeats) failures() []string {
	var failures []string
	for _, run := range all {
		if run.failed > 0 {
			failures = append(failures, fmt.Sprintf("%s failed in %d of %d rounds: %s", run.name, run.failed, run.failed+len(run.elapsed), run.why))
		}
	}
	return failures
}

// statistics are those of the rounds in which the run succeeded; zero if
// there is none.
func (r *repeated) statistics() export.Repeats {
	s := export.Repeats{Elapsed: append([]time.Duration{}, r.elapsed...), Failed: r.failed}
	if len(r.elapsed) == 0 {
		return s
	}
	s.Min, s.Median, s.Max = slices.Min(r.elapsed), median(r.elapsed), slices.Max(r.elapsed)
	if s.Median > 0 {
		s.Spread = math.Round(float64(s.Max-s.Min)/float64(s.Median)*1e4) / 1e4
	}
	return s
}

// text is the table of the times, then the lines of output whose figures
// were not the same in all rounds.
func (all repeats) text() string {
	var text bytes.Buffer
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	costs := slices.ContainsFunc(all, func(r *repeated) bool { return len(r.cpu) > 0 })
	header := "\n\tmin\tmedian\tmax\tspread"
	if costs {
		header += "\tcpu\tmemory" // medians, too
	}
	fmt.Fprintln(table, header)
	for _, run := range all {
		line := run.name + "\t-\t-\t-\t-"
		if s := run.statistics(); len(run.elapsed) > 0 {
			line = fmt.Sprintf("%s\t%s\t%s\t%s\t%.1f %%", run.name,
				stage.Seconds(s.Min), stage.Seconds(s.Median), stage.Seconds(s.Max), 100*s.Spread)
		}
		if costs {
			cpu, memory := run.cost()
			line += "\t" + cpu + "\t" + memory
		}
		fmt.Fprintln(table, line)
	}
	table.Flush()
	if n := all.busy(); n > 0 {
		fmt.Fprintf(&text, "\nthis machine was busy in %d of the rounds, run it again\n", n)
	}
	var figures bytes.Buffer
	table = tabwriter.NewWriter(&figures, 0, 0, 2, ' ', 0)
	for _, run := range all {
		for _, line := range run.lines.text() {
			fmt.Fprintf(table, "%s\t%s\n", run.name, line)
		}
	}
	table.Flush()
	if figures.Len() > 0 {
		fmt.Fprintf(&text, "\nfigures that varied:\n%s", figures.String())
	}
	if failures := all.failures(); len(failures) > 0 {
		fmt.Fprintf(&text, "\n%s\n", strings.Join(failures, "\n"))
	}
	return text.String()
}
