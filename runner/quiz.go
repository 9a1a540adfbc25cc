package runner

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gosyncio/content"
	"gosyncio/runner/progress"
)

// The marks of answers, once a question is answered.
const (
	markRight = "+"
	markWrong = "-"
)

// askQuiz asks a question of a quiz, in one of the ways that it needs, and
// explains the answers. answered is false if the learner passed it over.
func (a *app) askQuiz(ctx context.Context, r *reader, heading string, q content.Question, last string) (answer progress.Answer, answered bool, err error) {
	columns, _ := a.streams.Size()
	answer.Question = progress.Question{Lesson: r.lesson.ID, Key: q.ID}
	asked := question{above: []string{r.palette.Title(heading), ""}, text: unmarked(q.Question)}
	for _, choice := range q.Answers {
		asked.choices = append(asked.choices, labels(unmarked(choice.Is))...)
	}
	var given []int
	if q.Several() {
		asked.text += " (choose all that hold)"
		given, err = a.askSeveral(ctx, asked)
	} else {
		asked.choices = append(asked.choices, labels("(pass)")...)
		var one int
		one, err = a.askOne(ctx, asked)
		if one < len(q.Answers) {
			given = []int{one}
		}
	}
	if err != nil {
		return answer, false, err
	}
	answer.Right = true
	lines := append(wrapped(unmarked(q.Question), 1, columns-1), "")
	for i, choice := range q.Answers {
		chosen := slices.Contains(given, i)
		if chosen {
			answer.Given = append(answer.Given, choice.Is)
		}
		answer.Right = answer.Right && chosen == choice.Right
		lines = append(lines, r.explained(choice, chosen, columns)...)
	}
	verdict := "Right."
	switch {
	case len(given) == 0:
		verdict = "Passed over."
	case !answer.Right:
		verdict = "Not quite."
	}
	answer.At = time.Now()
	_, err = a.askOne(ctx, question{
		above:   append([]string{r.palette.Title(heading + ": " + verdict), ""}, lines...),
		text:    verdict,
		choices: labels(last),
	})
	return answer, len(given) > 0, err
}

// explained is an answer with its mark and why it holds or does not.
func (r *reader) explained(choice content.Answer, chosen bool, columns int) []string {
	mark, said := markWrong, ""
	if choice.Right {
		mark = markRight
	}
	if chosen {
		said = "   (your answer)"
	}
	lines := []string{" " + mark + " " + r.palette.Title(unmarked(choice.Is)) + said}
	for _, line := range wrapped(unmarked(choice.Why), 3, columns-1) {
		lines = append(lines, r.palette.Faint(line))
	}
	return lines
}

// quiz asks the questions of the lesson, one after the other.
func (w *walk) quiz(ctx context.Context) error {
	quiz, _ := w.reader.text.Quiz()
	for i, q := range quiz.Questions {
		heading := fmt.Sprintf("%s, question %d of %d", w.reader.text.Title, i+1, len(quiz.Questions))
		next := "next question"
		if i+1 == len(quiz.Questions) {
			next = "go on"
		}
		answer, answered, err := w.app.askQuiz(ctx, w.reader, heading, q, next)
		if err != nil {
			return err
		}
		if answered {
			w.record.note(func(s *progress.State) { s.Answer(answer) })
		}
	}
	w.page++ // to the recap
	return nil
}
