package runner

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"gosyncio/content"
	"gosyncio/runner/player"
)

// prediction is a question about a run, with the settings of the moment.
type prediction struct {
	content.Predict
	options []option // no two alike, in order
	said    int      // the index of what the learner said, or nobody
}

// nobody stands for an answer that was not given.
const nobody = -1

// option is an answer to a prediction.
type option struct {
	content.Answer
	text  string  // as it is shown
	value float64 // what it comes to, if it is a number
}

// newPrediction is the question for the runs that r asks for.
func newPrediction(p content.Predict, r request) (*prediction, error) {
	numbers := r.numbers()
	var options []option
	for _, answer := range p.Answers {
		o := option{Answer: answer}
		var err error
		if !p.Measure.Formulas() {
			o.text, err = content.Fill(answer.Is, r.values.Texts())
		} else if o.value, err = content.Formula(answer.Is, numbers); err == nil {
			o.text = amount(p.Measure, o.value)
		}
		if err != nil {
			return nil, fmt.Errorf("content/%s/lesson.md:%d: %w", r.lesson.ID, answer.Line, err)
		}
		same := slices.IndexFunc(options, func(other option) bool { return other.text == o.text })
		switch {
		case same < 0:
			options = append(options, o)
		case o.Right:
			options[same] = o
		}
	}
	slices.SortStableFunc(options, func(a, b option) int {
		return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.text, b.text))
	})
	return &prediction{Predict: p, options: options, said: nobody}, nil
}

// numbers are the names that formulas may use.
func (r request) numbers() map[string]float64 {
	cpus := min(cmp.Or(r.procs, runtime.GOMAXPROCS(0)), runtime.NumCPU()) // GOMAXPROCS may be set to more
	numbers := map[string]float64{"cpus": float64(cpus)}
	for name, value := range r.lesson.Arguments(r.values) {
		switch value := value.(type) {
		case float64:
			numbers[name] = value
		case int:
			numbers[name] = float64(value)
		}
	}
	return numbers
}

// amount is a number as people read it.
func amount(m content.Measure, value float64) string {
	switch m {
	case content.MeasureTime:
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
			return short(1/value) + " times later"
		case value < 1.1:
			return "no sooner"
		}
		return short(value) + " times sooner"
	}
	return short(value)
}

// short is a number with at most two decimals.
func short(value float64) string {
	return strconv.FormatFloat(math.Round(value*100)/100, 'f', -1, 64)
}

// right is the index of the right option.
func (p *prediction) right() int {
	return slices.IndexFunc(p.options, func(o option) bool { return o.Right })
}

// Mark is the time that the learner said, to be marked on the axis of the
// run that decides.
func (p *prediction) Mark() (time.Duration, player.Kind) {
	if p.said == nobody || p.Measure != content.MeasureTime {
		return 0, p.kind()
	}
	return time.Duration(p.options[p.said].value * float64(time.Second)), p.kind()
}

// Notes say what the learner said and, at the end, what came of it.
func (p *prediction) Notes(c *player.Comparison, ended bool) []string {
	if p.said == nobody {
		return nil
	}
	note := "◆ you said " + quoted(p.Measure, p.options[p.said].text)
	if outcome, ok := p.measured(c); ok && ended {
		note += p.verdict(outcome)
	}
	return []string{note}
}

// verdict is what there is to say of what the learner said, after that.
func (p *prediction) verdict(o outcome) string {
	said := p.options[p.said]
	came := p.nearest(o) == p.said
	why := unmarked(said.Why)
	switch { // what goes on at once may now and then end otherwise
	case said.Right && came:
		return ": right. " + why
	case said.Right:
		return ". " + why + " This time it was " + quoted(p.Measure, o.text) + "."
	case came:
		return ". " + why + " But this time it was so."
	}
	return ". " + why + " It was " + quoted(p.Measure, o.text) + "."
}

// quoted is an answer, in quotation marks if it is a line of output.
func quoted(m content.Measure, answer string) string {
	if m.Formulas() {
		return answer
	}
	return `"` + answer + `"`
}

// outcome is what became of a run.
type outcome struct {
	text  string
	value float64
}

// measured is what the runs have shown. ok is false if the run that decides
// has not ended well.
func (p *prediction) measured(c *player.Comparison) (o outcome, ok bool) {
	var lines []string
	for _, run := range c.Runs {
		if run.Job.Kind() != p.kind() {
			continue
		}
		for _, line := range run.Status().Output {
			lines = append(lines, line.Text)
		}
	}
	return p.outcome(c.Elapsed(), lines)
}

// kind is the run that decides.
func (p *prediction) kind() player.Kind {
	if p.Language == string(withPython) {
		return player.Kind{Variant: p.Variant, Language: player.Python}
	}
	return player.Kind{Variant: p.Variant, Language: player.Go}
}

// outcome is what became of the run that decides, by how long the runs
// took and by the lines that it printed.
func (p *prediction) outcome(elapsed map[player.Kind]time.Duration, lines []string) (o outcome, ok bool) {
	took, ok := elapsed[p.kind()]
	if !ok {
		return o, false
	}
	switch p.Measure {
	case content.MeasureTime:
		o.value = took.Seconds()
	case content.MeasureSpeedup:
		before, ok := elapsed[player.Kind{Variant: "sequential", Language: p.kind().Language}]
		if !ok {
			return o, false
		}
		o.value = before.Seconds() / took.Seconds()
	case content.MeasureCount:
		o.value = float64(count(lines, p.Of))
	case content.MeasureNumber:
		if o.value, ok = number(lines, p.Of); !ok {
			return o, false
		}
	case content.MeasureFirstLine, content.MeasureLastLine:
		if len(lines) == 0 {
			return o, false
		}
		o.text = lines[0]
		if p.Measure == content.MeasureLastLine {
			o.text = lines[len(lines)-1]
		}
		return o, true
	}
	o.text = amount(p.Measure, o.value)
	return o, true
}

// nearest is the index of the option that comes nearest to an outcome, or
// nobody.
func (p *prediction) nearest(o outcome) int {
	if !p.Measure.Formulas() {
		return slices.IndexFunc(p.options, func(option option) bool { return option.text == o.text })
	}
	little := 0.5 // next to which a number is as good as 0
	if p.Measure == content.MeasureTime {
		little = 0.001
	}
	distance := func(a, b float64) float64 { return math.Abs(math.Log((a + little) / (b + little))) }
	best := 0
	for i, option := range p.options {
		if distance(option.value, o.value) < distance(p.options[best].value, o.value) {
			best = i
		}
	}
	return best
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

var digits = regexp.MustCompile(`\d+(\.\d+)?`)

// number is the first number in the first line that contains text.
func number(lines []string, text string) (float64, bool) {
	i := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, text) })
	if i < 0 {
		return 0, false
	}
	n, err := strconv.ParseFloat(digits.FindString(lines[i]), 64)
	return n, err == nil
}
