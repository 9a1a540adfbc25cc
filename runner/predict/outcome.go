package predict

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gosyncio/content"
	"gosyncio/runner/player"
)

// An Outcome is what the run that decides has shown.
type Outcome struct {
	Text  string  // as it is shown
	value float64 // if it is a number
}

// Measured is what the runs have shown. ok is false if the run that decides
// has not ended well, or the machine was busy, so that nothing was shown.
func (p *Prediction) Measured(s player.Snapshot) (o Outcome, ok bool) {
	if s.Busy() {
		return o, false
	}
	for _, run := range s.Succeeded() {
		if run.Job.Kind() == p.Kind() {
			return p.outcome(s.Elapsed(), run)
		}
	}
	return o, false
}

// outcome is what has become of the run that decides, by how long the runs
// took, and by what it printed, did and cost.
func (p *Prediction) outcome(elapsed map[player.Kind]time.Duration, run player.Recording) (o Outcome, ok bool) {
	took := run.Status.Elapsed
	var lines []string
	for _, line := range run.Status.Output {
		lines = append(lines, line.Text)
	}
	switch p.Measure {
	case content.MeasureTime:
		o.value = took.Seconds()
	case content.MeasureCPU:
		if run.Status.Cost == nil { // it is still to come, or cannot be had
			return o, false
		}
		o.value = run.Status.Cost.CPU.Seconds()
	case content.MeasureBars:
		if o.value = float64(len(run.Lanes)); o.value == 0 {
			return o, false
		}
	case content.MeasureSpeedup:
		sequential, ok := elapsed[player.Kind{Variant: "sequential", Language: p.Kind().Language}]
		if !ok {
			return o, false
		}
		o.value = sequential.Seconds() / took.Seconds()
	case content.MeasureCount:
		o.value = float64(count(lines, p.Of))
	case content.MeasureBefore:
		first := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, p.Of) })
		if first < 0 {
			return o, false
		}
		o.value = float64(first)
	case content.MeasureNumber:
		if o.value, ok = number(lines, p.Of); !ok {
			return o, false
		}
	case content.MeasureShare:
		o.Text, ok = share(lines, p.Of)
		return o, ok
	case content.MeasureFirstLine, content.MeasureLastLine:
		if len(lines) == 0 {
			return o, false
		}
		o.Text = lines[0]
		if p.Measure == content.MeasureLastLine {
			o.Text = lines[len(lines)-1]
		}
		return o, true
	}
	o.Text = format(p.Measure, o.value)
	return o, true
}

// Nearest is the index of the option that comes nearest to an outcome, or
// Unanswered if none does.
func (p *Prediction) Nearest(o Outcome) int {
	if !p.Measure.Formulas() {
		return slices.IndexFunc(p.Options, func(option Option) bool { return option.Text == o.Text })
	}
	negligible := 0.5 // a number below it is as good as 0
	if p.Measure == content.MeasureTime || p.Measure == content.MeasureCPU {
		negligible = 0.001
	}
	distance := func(a, b float64) float64 { return math.Abs(math.Log((a + negligible) / (b + negligible))) }
	best := 0
	for i, option := range p.Options {
		if distance(option.value, o.value) < distance(p.Options[best].value, o.value) {
			best = i
		}
	}
	return best
}

// Score says which option was right, by what was measured, and whether it is
// the one that was predicted. If no option comes near it, it is the one that
// usually is right.
func (p *Prediction) Score(o Outcome) (correct Option, right bool) {
	nearest := p.Nearest(o)
	if nearest < 0 {
		return p.Options[p.Right()], false
	}
	return p.Options[nearest], nearest == p.Predicted
}

// count is how many lines contain text.
func count(lines []string, text string) (n int) {
	for _, line := range lines {
		if strings.Contains(line, text) {
			n++
		}
	}
	return n
}

// number is the first number in the first line that contains text.
func number(lines []string, text string) (float64, bool) {
	i := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, text) })
	if i < 0 {
		return 0, false
	}
	n, err := strconv.ParseFloat(regexp.MustCompile(`\d+(\.\d+)?`).FindString(lines[i]), 64)
	return n, err == nil
}

// share is what the first line that contains text says of how many of all.
func share(lines []string, text string) (string, bool) {
	i := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, text) })
	if i < 0 {
		return "", false
	}
	numbers := regexp.MustCompile(`(\d+) of (\d+)`).FindStringSubmatch(lines[i])
	if numbers == nil {
		return "", false
	}
	some, _ := strconv.Atoi(numbers[1])
	all, err := strconv.Atoi(numbers[2])
	switch {
	case err != nil:
		return "", false
	case some == 0:
		return "none", true
	case some < all:
		return "some", true
	}
	return "all", true
}

// format is a number as people read it.
func format(m content.Measure, value float64) string {
	switch m {
	case content.MeasureTime, content.MeasureCPU:
		switch {
		case value < 0.01:
			return short(value*1000) + " ms"
		case value < 1:
			return short(math.Round(value*1000)) + " ms"
		}
		return short(value) + " s"
	case content.MeasureSpeedup:
		switch {
		case value < 0.9:
			return short(1/value) + " times slower"
		case value < 1.1:
			return "no faster"
		}
		return short(value) + " times faster"
	}
	return short(value)
}

// short is a number with at most two decimals.
func short(value float64) string {
	return strconv.FormatFloat(math.Round(value*100)/100, 'f', -1, 64)
}
