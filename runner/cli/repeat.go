package runner

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

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
func (a *app) repeat(ctx context.Context, r request, rounds int, asJSON bool) error {
	say := func(text string) error {
		if asJSON {
			return nil
		}
		_, err := a.streams.Out.WriteString(text)
		return err
	}
	if err := say(heading(r) + "\n"); err != nil {
		return err
	}
	var all repeats
	var last *player.Comparison
	for round := 1; round <= rounds && ctx.Err() == nil; round++ {
		c, err := a.play(ctx, r)
		if err != nil {
			return err
		}
		c.Wait()
		if ctx.Err() != nil {
			break // it was cut short
		}
		if len(c.Present()) == 0 {
			return c.Missing()
		}
		last = c
		all.add(c.Present())
		if err := say(fmt.Sprintf("round %d of %d: %s\n", round, rounds, all.round())); err != nil {
			return err
		}
	}
	if last == nil {
		return ctx.Err()
	}
	if err := say(all.text()); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if asJSON {
		if err := stage.JSONRepeated(a.streams.Out, last, rounds, all.statistics()); err != nil {
			return err
		}
		for _, failure := range all.failures() {
			fmt.Fprintln(a.streams.Err, "gosyncio:", failure)
		}
	}
	err := a.outcome(last)
	if err == nil && len(all.failures()) > 0 {
		return errRunFailed
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
}

// add takes in a round.
func (all *repeats) add(runs []*player.Run) {
	for len(*all) < len(runs) {
		*all = append(*all, &repeated{name: runName(runs[len(*all)], runs)})
	}
	for i, run := range runs {
		(*all)[i].add(run.Status())
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
}

// runName is the variant's, with the language if runs are in both.
func runName(run *player.Run, all []*player.Run) string {
	for _, other := range all {
		if other.Job.Language != run.Job.Language {
			return run.Job.Variant.Name + " " + run.Job.Language.String()
		}
	}
	return run.Job.Variant.Name
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
func (all repeats) statistics() []stage.Repeats {
	var statistics []stage.Repeats
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
func (r *repeated) statistics() stage.Repeats {
	s := stage.Repeats{Elapsed: append([]time.Duration{}, r.elapsed...), Failed: r.failed}
	if len(r.elapsed) == 0 {
		return s
	}
	sorted := slices.Sorted(slices.Values(r.elapsed))
	middle := len(sorted) / 2
	s.Min, s.Median, s.Max = sorted[0], sorted[middle], sorted[len(sorted)-1]
	if len(sorted)%2 == 0 {
		s.Median = (sorted[middle-1] + sorted[middle]) / 2
	}
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
	fmt.Fprintln(table, "\n\tmin\tmedian\tmax\tspread")
	for _, run := range all {
		if len(run.elapsed) == 0 {
			fmt.Fprintf(table, "%s\t-\t-\t-\t-\n", run.name)
			continue
		}
		s := run.statistics()
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%.1f %%\n", run.name,
			stage.Seconds(s.Min), stage.Seconds(s.Median), stage.Seconds(s.Max), 100*s.Spread)
	}
	table.Flush()
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

// varying are the lines of output that came once in every round, apart from
// the figures in them.
type varying struct {
	rounds int
	forms  []*form // in the order of the first round
}

// A form is such a line.
type form struct {
	pattern  string // the line with blank for each figure
	min, max []figure
}

// blank is in no line of output, for it is not printable.
const blank = "\x00"

// A figure is a number as it is written.
type figure struct {
	value float64
	text  string
}

var figurePattern = regexp.MustCompile(`\d+(\.\d+)?`)

// add takes in the output of a round. It keeps no more than the first had.
func (v *varying) add(output []player.Line) {
	v.rounds++
	lines := make(map[string][]string) // by their patterns
	var order []string
	for _, line := range output {
		pattern := figurePattern.ReplaceAllString(line.Text, blank)
		lines[pattern] = append(lines[pattern], line.Text)
		order = append(order, pattern)
	}
	if v.rounds == 1 {
		for _, pattern := range order {
			if len(lines[pattern]) == 1 {
				figures := figuresIn(lines[pattern][0])
				v.forms = append(v.forms, &form{pattern, figures, append([]figure(nil), figures...)})
			}
		}
		return
	}
	kept := v.forms[:0]
	for _, f := range v.forms {
		if len(lines[f.pattern]) == 1 {
			f.widen(figuresIn(lines[f.pattern][0]))
			kept = append(kept, f)
		}
	}
	clear(v.forms[len(kept):])
	v.forms = kept
}

func figuresIn(line string) []figure {
	var figures []figure
	for _, text := range figurePattern.FindAllString(line, -1) {
		value, _ := strconv.ParseFloat(text, 64) // out of range is infinite, which will do
		figures = append(figures, figure{value, text})
	}
	return figures
}

func (f *form) widen(figures []figure) {
	for i, n := range figures {
		if n.value < f.min[i].value {
			f.min[i] = n
		}
		if n.value > f.max[i].value {
			f.max[i] = n
		}
	}
}

// text are the lines that were not always the same: "2..20 of 100".
func (v *varying) text() []string {
	var lines []string
	for _, f := range v.forms {
		varied := false
		var line strings.Builder
		for i, part := range strings.Split(f.pattern, blank) {
			line.WriteString(part)
			if i == len(f.min) {
				break
			}
			line.WriteString(f.min[i].text)
			if f.min[i].value != f.max[i].value {
				varied = true
				line.WriteString(".." + f.max[i].text)
			}
		}
		if varied {
			lines = append(lines, line.String())
		}
	}
	return lines
}
