package content

import (
	"cmp"
	"fmt"
	"slices"

	yamlast "github.com/goccy/go-yaml/ast"
)

// sequential is the variant that a speedup is measured against.
const sequential = "sequential"

const maxPredictWhy = 110 // characters of an answer's why

// Predict asks what the run that follows it on the page will show. It is
// asked before the run, which then decides.
type Predict struct {
	Line     int    // of the fence in lesson.md
	ID       string // unique among the lesson's questions; progress refers to it
	Question string
	Variant  string // the run that decides, one of the variants of the page's Run
	Language string // the language of that run: Go or Python
	Measure  Measure
	// Of is what a line of the output has to contain to be counted or found;
	// "" unless Measure is MeasureCount, MeasureBefore, MeasureNumber or MeasureShare.
	Of      string
	Answers []Answer // 2 to 5, one of them right
}

// A Measure is what of a run a Predict asks for.
type Measure string

// The measures. The answers are texts, as Fill takes them, for the first
// and the last line, shares for a share, and formulas, as Formula takes them,
// for all others.
const (
	MeasureTime      Measure = "time"       // how many seconds it takes
	MeasureCPU       Measure = "cpu"        // how many seconds it kept a CPU busy
	MeasureSpeedup   Measure = "speedup"    // how many times faster it is than the variant sequential
	MeasureBars      Measure = "bars"       // how many bars its timeline has
	MeasureCount     Measure = "count"      // how many lines of the output contain Of
	MeasureBefore    Measure = "before"     // how many lines of the output come before the first that contains Of
	MeasureNumber    Measure = "number"     // the first number in the first line that contains Of
	MeasureShare     Measure = "share"      // whether the first line that contains Of says none, some or all: "3 of 10"
	MeasureFirstLine Measure = "first line" // of the output
	MeasureLastLine  Measure = "last line"  // of the output
)

// Formulas reports whether the answers are formulas. Otherwise they are
// texts.
func (m Measure) Formulas() bool {
	return m != MeasureFirstLine && m != MeasureLastLine && m != MeasureShare
}

// Shares are the answers that a share may have. Where how many it are is a
// matter of the machine, that is all that can be asked.
func Shares() []string { return []string{"none", "some", "all"} }

// Predict returns what the page asks before its run, and whether it asks.
func (p Page) Predict() (Predict, bool) { return firstBlock[Predict](p) }

// Kind is "predict".
func (Predict) Kind() string { return "predict" }

func (b Predict) asks() []Question {
	return []Question{{Line: b.Line, ID: b.ID, Question: b.Question, Answers: b.Answers}}
}

// checkNext requires a run that can decide what b asks.
func (b Predict) checkNext(n next) error {
	run, ok := n.block.(Run)
	switch {
	case !ok:
		return errorAt(n.file, b.Line, "a predict must stand directly before the run of its page")
	case !slices.Contains(run.Variants, b.Variant):
		return errorAt(n.file, b.Line, "predict asks about variant %s, which the run at line %d lacks", b.Variant, run.Line)
	case run.With != "" && run.With != Both && run.With != b.Language:
		return errorAt(n.file, b.Line, "predict asks about %s, and the run at line %d is with %s", b.Language, run.Line, run.With)
	case b.Measure == MeasureSpeedup && b.Variant == sequential:
		return errorAt(n.file, b.Line, "predict asks how much faster sequential is than itself")
	case b.Measure == MeasureSpeedup && !slices.Contains(run.Variants, sequential):
		return errorAt(n.file, b.Line, "predict asks for a speedup, and the run at line %d lacks sequential", run.Line)
	}
	return nil
}

func decodePredict(y *yamlText, body string) (Block, error) {
	var f struct {
		ID, Question, Variant, Language, Measure, Of string
		Answers                                      yamlast.Node
	}
	if err := y.decode(body, &f); err != nil {
		return nil, err
	}
	if err := cmp.Or(
		y.checkQuestion(f.ID, f.Question),
		y.checkGiven("variant", f.Variant), y.checkGiven("measure", f.Measure),
	); err != nil {
		return nil, err
	}
	if !y.has("language") {
		f.Language = Go
	}
	if f.Language != Go && f.Language != Python {
		return nil, y.errorf("language", "language is %q; allowed are go and python", f.Language)
	}
	b := Predict{Line: y.line, ID: f.ID, Question: f.Question, Variant: f.Variant,
		Language: f.Language, Measure: Measure(f.Measure), Of: f.Of}
	if err := y.checkMeasure(b); err != nil {
		return nil, err
	}
	var err error
	if b.Answers, err = y.answers(f.Answers, maxPredictWhy); err != nil {
		return nil, err
	}
	if err := y.checkAnswers(b); err != nil {
		return nil, err
	}
	return b, nil
}

// checkMeasure requires a known measure, and Of where it is needed.
func (y *yamlText) checkMeasure(b Predict) error {
	switch b.Measure {
	case MeasureCount, MeasureBefore, MeasureNumber, MeasureShare:
		return y.checkGiven("of", b.Of)
	case MeasureTime, MeasureCPU, MeasureSpeedup, MeasureBars, MeasureFirstLine, MeasureLastLine:
		if y.has("of") {
			return y.errorf("of", "of goes with count, before, number and share only; measure is %s", b.Measure)
		}
		return nil
	}
	return y.errorf("measure", "measure is %q; allowed are time, cpu, speedup, bars, count, before, number, share, first line and last line", b.Measure)
}

func checkShare(text string) error {
	if !slices.Contains(Shares(), text) {
		return fmt.Errorf("a share is none, some or all, not %q", text)
	}
	return nil
}

// checkAnswers requires answers that fit the measure, one of them right.
func (y *yamlText) checkAnswers(b Predict) error {
	check := checkTemplate
	switch {
	case b.Measure.Formulas():
		check = CheckFormula
	case b.Measure == MeasureShare:
		check = checkShare
	}
	right := 0
	for _, a := range b.Answers {
		if err := check(a.Is); err != nil {
			return errorAt(y.file, a.Line, "%v", err)
		}
		if a.Right {
			right++
		}
	}
	if right != 1 {
		return y.errorf("answers", "%d answers are right; a predict has one", right)
	}
	return nil
}
