package content

import (
	"cmp"
	"slices"
	"strings"

	yamlast "github.com/goccy/go-yaml/ast"
)

// The most characters of the texts of a question; those of an answer's why
// depend on where it stands.
const (
	maxID       = 40
	maxQuestion = 140
	maxIs       = 70
)

// How many answers a question has.
const minAnswers, maxAnswers = 2, 5

// A Question is one of a Quiz.
type Question struct {
	Line     int      // where it begins in lesson.md
	ID       string   // unique among the lesson's questions; progress refers to it
	Question string   // Markdown in one line
	Answers  []Answer // 2 to 5; at least one is right, and one wrong
}

// Several reports whether more than one answer is right, so that all of
// those are to be chosen.
func (q Question) Several() bool {
	right := 0
	for _, a := range q.Answers {
		if a.Right {
			right++
		}
	}
	return right > 1
}

// An Answer is one that the learner may choose.
type Answer struct {
	Line  int    // where it begins in lesson.md
	Is    string // for a Predict a formula or a text, see Measure; for a Question Markdown in one line
	Right bool
	Why   string // why this is so, or is not; Markdown in one line
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

// checkQuestion checks what every question has.
func (y *yamlText) checkQuestion(id, question string) error {
	if err := cmp.Or(y.checkGiven("id", id), y.checkLength("id", id, maxID)); err != nil {
		return err
	}
	if !isQuestionID(id) {
		return y.errorf("id", "id is %q; write small letters and digits, with hyphens between words", id)
	}
	return cmp.Or(y.checkGiven("question", question), y.checkLength("question", question, maxQuestion))
}

// isQuestionID reports whether id is written as IDs are: longest, or
// more-than-one.
func isQuestionID(id string) bool {
	for word := range strings.SplitSeq(id, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return true
}
