package content

import (
	"slices"

	yamlast "github.com/goccy/go-yaml/ast"
)

const (
	minQuestions, maxQuestions = 3, 5
	maxQuizWhy                 = 160 // characters of an answer's why
)

// Quiz asks at the end of a lesson what it has taught. It ends the last page.
type Quiz struct {
	Line      int        // of the fence in lesson.md
	Questions []Question // 3 to 5
}

// Quiz returns what the lesson asks at its end, and whether it asks anything.
func (l Lesson) Quiz() (Quiz, bool) {
	if len(l.Pages) == 0 {
		return Quiz{}, false
	}
	return firstBlock[Quiz](l.Pages[len(l.Pages)-1])
}

// Kind is "quiz".
func (Quiz) Kind() string { return "quiz" }

func (b Quiz) asks() []Question { return b.Questions }

func (b Quiz) checkNext(n next) error {
	switch {
	case n.block != nil:
		return errorAt(n.file, n.line, "the quiz at line %d must end the lesson", b.Line)
	case !n.lastPage:
		return errorAt(n.file, b.Line, "a quiz must end the last page")
	}
	return nil
}

func decodeQuiz(y *yamlText, body string) (Block, error) {
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
	quiz := Quiz{Line: y.line}
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
