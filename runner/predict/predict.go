// Package predict holds what a learner expects of a run: the question with
// the settings of the moment, the answer that was given, and the verdict
// when the run has shown what is so. It neither asks nor shows anything.
package predict

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
)

// Unanswered stands for an answer that was not given.
const Unanswered = -1

// A Prediction is a page's question about a run, for a request.
type Prediction struct {
	content.Predict
	Options   []Option // no two with the same text, in order
	Predicted int      // the index of the option that the learner chose, or Unanswered
}

// An Option is an answer to choose.
type Option struct {
	content.Answer
	Text  string  // as it is shown
	value float64 // what it comes to, if it is a number
}

// New is the question for the runs that r asks for, not answered yet.
// Answers that come to the same with these settings are one option.
func New(p content.Predict, r plan.Request) (*Prediction, error) {
	asked := Prediction{Predict: p}
	numbers, texts := r.Numbers(asked.Kind().Language), r.Values.Texts()
	var options []Option
	for _, answer := range p.Answers {
		o := Option{Answer: answer}
		var err error
		if !p.Measure.Formulas() {
			o.Text, err = content.Fill(answer.Is, texts)
		} else if o.value, err = content.Formula(answer.Is, numbers); err == nil {
			o.Text = format(p.Measure, o.value)
		}
		if err != nil {
			return nil, fmt.Errorf("content/%s/lesson.md:%d: %w", r.Lesson.ID, answer.Line, err)
		}
		same := slices.IndexFunc(options, func(other Option) bool { return other.Text == o.Text })
		switch {
		case same < 0:
			options = append(options, o)
		case o.Right:
			options[same] = o
		}
	}
	slices.SortStableFunc(options, func(a, b Option) int {
		return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.Text, b.Text))
	})
	return &Prediction{Predict: p, Options: options, Predicted: Unanswered}, nil
}

// Answered reports whether the learner has chosen an option.
func (p *Prediction) Answered() bool { return p.Predicted != Unanswered }

// Right is the index of the right option.
func (p *Prediction) Right() int {
	return slices.IndexFunc(p.Options, func(o Option) bool { return o.Right })
}

// Kind is the run that decides.
func (p *Prediction) Kind() player.Kind {
	if p.Language == string(plan.Python) {
		return player.Kind{Variant: p.Variant, Language: player.Python}
	}
	return player.Kind{Variant: p.Variant, Language: player.Go}
}

// DecidedBy reports whether part, run with these values, shows what is asked.
// What a run costs is measured only where a lesson is about that.
func (p *Prediction) DecidedBy(part player.Part, values lessons.Values) bool {
	return part.Kind() == p.Kind() &&
		(p.Measure != content.MeasureCPU || part.Variant.Cost(values) != lessons.NoCost)
}

// Mark is the time that was predicted, to be marked on the axis of the run
// that decides; 0 if there is none.
func (p *Prediction) Mark() (time.Duration, player.Kind) {
	if !p.Answered() || p.Measure != content.MeasureTime {
		return 0, p.Kind()
	}
	return time.Duration(p.Options[p.Predicted].value * float64(time.Second)), p.Kind()
}

// Notes say what was predicted and, once the runs have ended, what came of
// it. Where the run that decides could not be made they say what is expected.
func (p *Prediction) Notes(s player.Snapshot, ended bool) []string {
	if !p.Answered() {
		return nil
	}
	note := "◆ you said " + Quote(p.Measure, p.Options[p.Predicted].Text)
	switch outcome, ok := p.Measured(s); {
	case ended && ok:
		note += p.verdict(outcome)
	case ended && p.undecided(s): // also on a busy machine
		note += "; nothing was measured. " + p.expected()
	case ended && s.Busy():
		note += "; not scored"
	}
	return []string{note}
}

// undecided reports whether the run that decides has failed, or could not be
// made.
func (p *Prediction) undecided(s player.Snapshot) bool {
	return slices.ContainsFunc(s.Runs, func(r player.Recording) bool {
		return r.Job.Kind() == p.Kind() && (r.Status.Missing != nil || r.Status.Err != "")
	})
}

// expected is the right answer by the lesson's text for these settings, and
// why.
func (p *Prediction) expected() string {
	right := p.Options[p.Right()]
	return "Expected is " + Quote(p.Measure, right.Text) + ": " + content.StripBackticks(right.Why)
}

// verdict is what there is to say of the answer, after that.
func (p *Prediction) verdict(o Outcome) string {
	predicted := p.Options[p.Predicted]
	cameTrue := p.Nearest(o) == p.Predicted
	why := content.StripBackticks(predicted.Why)
	switch { // what goes on at once may now and then end otherwise
	case predicted.Right && cameTrue:
		return ": right. " + why
	case predicted.Right:
		return ". " + why + " This time it was " + Quote(p.Measure, o.Text) + "."
	case cameTrue:
		return ". " + why + " But this time it was so."
	}
	return ". " + why + " It was " + Quote(p.Measure, o.Text) + "."
}

// Quote is an answer, in quotation marks if it is a line of output.
func Quote(m content.Measure, answer string) string {
	if m.Formulas() {
		return answer
	}
	return `"` + answer + `"`
}
