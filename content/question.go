package content

import (
	"cmp"
	"regexp"
	"slices"
	"unicode/utf8"

	yamlast "github.com/goccy/go-yaml/ast"
)

// The most characters of the texts of a question.
const (
	maxID         = 40
	maxQuestion   = 140
	maxIs         = 70
	maxPredictWhy = 110
	maxQuizWhy    = 160
)

// How many questions a quiz has, and answers a question.
const (
	minQuestions, maxQuestions = 3, 5
	minAnswers, maxAnswers     = 2, 5
)

// The languages of a run, both of them, and the variant that a speedup is
// measured against.
const (
	languageGo     = "go"
	languagePython = "python"
	withBoth       = "both"
	sequential     = "sequential"
)

// questionID is what an ID looks like: longest, or more-than-one.
var questionID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// predict reads the body of a predict fence that opens at line. What
// depends on the run after it is left to checkPredict.
func (p *parser) predict(body string, line int) (Block, error) {
	var f struct {
		ID, Question, Variant, Language, Measure, Of string
		Answers                                      yamlast.Node
	}
	y := yamlText{file: p.file, line: line, what: "predict"}
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
		f.Language = languageGo
	}
	if f.Language != languageGo && f.Language != languagePython {
		return nil, y.errorf("language", "language is %q; allowed are go and python", f.Language)
	}
	b := Predict{Line: line, ID: f.ID, Question: f.Question, Variant: f.Variant,
		Language: f.Language, Measure: Measure(f.Measure), Of: f.Of}
	if err := y.checkMeasure(b); err != nil {
		return nil, err
	}
	var err error
	if b.Answers, err = y.answers(f.Answers, maxPredictWhy); err != nil {
		return nil, err
	}
	right := 0
	for _, a := range b.Answers {
		check := CheckFormula
		if !b.Measure.Formulas() {
			check = checkTemplate
		}
		if err := check(a.Is); err != nil {
			return nil, p.errorf(a.Line, "%v", err)
		}
		if a.Right {
			right++
		}
	}
	if right != 1 {
		return nil, y.errorf("answers", "%d answers are right; a predict has one", right)
	}
	return b, nil
}

// checkMeasure wants a measure that there is, and Of where it is needed.
func (y *yamlText) checkMeasure(b Predict) error {
	switch b.Measure {
	case MeasureCount, MeasureNumber:
		return y.checkGiven("of", b.Of)
	case MeasureTime, MeasureSpeedup, MeasureFirstLine, MeasureLastLine:
		if y.has("of") {
			return y.errorf("of", "of goes with count and number only; measure is %s", b.Measure)
		}
		return nil
	}
	return y.errorf("measure", "measure is %q; allowed are time, speedup, count, number, first line and last line", b.Measure)
}

// checkPredict wants a run that can decide what b asks.
func (p *parser) checkPredict(b Predict, run Run) error {
	switch {
	case !slices.Contains(run.Variants, b.Variant):
		return p.errorf(b.Line, "predict asks about variant %s, which the run at line %d lacks", b.Variant, run.Line)
	case run.With != "" && run.With != withBoth && run.With != b.Language:
		return p.errorf(b.Line, "predict asks about %s, and the run at line %d is with %s", b.Language, run.Line, run.With)
	case b.Measure == MeasureSpeedup && b.Variant == sequential:
		return p.errorf(b.Line, "predict asks how much sooner sequential is than itself")
	case b.Measure == MeasureSpeedup && !slices.Contains(run.Variants, sequential):
		return p.errorf(b.Line, "predict asks for a speedup, and the run at line %d lacks sequential", run.Line)
	}
	return nil
}

// quiz reads the body of a quiz fence that opens at line.
func (p *parser) quiz(body string, line int) (Block, error) {
	y := yamlText{file: p.file, line: line, what: "quiz"}
	root, err := y.parse(body)
	if err != nil {
		return nil, err
	}
	items, err := y.list("", root)
	if err != nil {
		return nil, err
	}
	if n := len(items); n < minQuestions || n > maxQuestions {
		return nil, y.errorf("", "quiz has %d questions; it must have %d to %d", n, minQuestions, maxQuestions)
	}
	quiz := Quiz{Line: line}
	for _, item := range items {
		q, err := y.question(item)
		if err != nil {
			return nil, err
		}
		quiz.Questions = append(quiz.Questions, q)
	}
	return quiz, nil
}

// question reads one question of a quiz.
func (y *yamlText) question(node yamlast.Node) (Question, error) {
	var f struct {
		ID, Question string
		Answers      yamlast.Node
	}
	at := y.part("question", node)
	if err := at.decodeNode(node, &f); err != nil {
		return Question{}, err
	}
	if err := at.checkQuestion(f.ID, f.Question); err != nil {
		return Question{}, err
	}
	answers, err := at.answers(f.Answers, maxQuizWhy)
	if err != nil {
		return Question{}, err
	}
	isRight := func(a Answer) bool { return a.Right }
	isWrong := func(a Answer) bool { return !a.Right }
	switch {
	case !slices.ContainsFunc(answers, isRight):
		return Question{}, at.errorf("answers", "no answer is right")
	case !slices.ContainsFunc(answers, isWrong):
		return Question{}, at.errorf("answers", "no answer is wrong")
	}
	return Question{Line: at.begin, ID: f.ID, Question: f.Question, Answers: answers}, nil
}

// answers reads a list of answers.
func (y *yamlText) answers(node yamlast.Node, maxWhy int) ([]Answer, error) {
	if !y.has("answers") {
		return nil, y.errorf("", "%s lacks answers", y.what)
	}
	items, err := y.list("answers", node)
	if err != nil {
		return nil, err
	}
	if n := len(items); n < minAnswers || n > maxAnswers {
		return nil, y.errorf("answers", "%s has %d answers; it must have %d to %d", y.what, n, minAnswers, maxAnswers)
	}
	var answers []Answer
	for _, item := range items {
		var f struct {
			Is, Why string
			Right   bool
		}
		at := y.part("answer", item)
		if err := at.decodeNode(item, &f); err != nil {
			return nil, err
		}
		if err := cmp.Or(
			at.checkGiven("is", f.Is), at.checkLength("is", f.Is, maxIs),
			at.checkGiven("why", f.Why), at.checkLength("why", f.Why, maxWhy),
		); err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(answers, func(a Answer) bool { return a.Is == f.Is }); i >= 0 {
			return nil, at.errorf("is", "answer %q is that of line %d", f.Is, answers[i].Line)
		}
		answers = append(answers, Answer{Line: at.begin, Is: f.Is, Right: f.Right, Why: f.Why})
	}
	return answers, nil
}

// checkQuestion wants what every question has.
func (y *yamlText) checkQuestion(id, question string) error {
	if err := cmp.Or(y.checkGiven("id", id), y.checkLength("id", id, maxID)); err != nil {
		return err
	}
	if !questionID.MatchString(id) {
		return y.errorf("id", "id is %q; write small letters and digits, with hyphens between words", id)
	}
	return cmp.Or(y.checkGiven("question", question), y.checkLength("question", question, maxQuestion))
}

// checkGiven wants a key with a value of one visible line.
func (y *yamlText) checkGiven(key, value string) error {
	if !y.has(key) {
		return y.errorf("", "%s lacks %s", y.what, key)
	}
	return y.checkText(key, value)
}

// checkLength wants a value of at most so many characters.
func (y *yamlText) checkLength(key, value string, most int) error {
	if n := utf8.RuneCountInString(value); n > most {
		return y.errorf(key, "%s has %d characters; at most %d are allowed", key, n, most)
	}
	return nil
}
