package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
	"gosyncio/runner/progress"
)

// The marks of answers, once a question is answered.
const (
	markRight = "+"
	markWrong = "-"
)

// leaveRest is the choice to be asked no more questions for now.
const leaveRest = "leave the rest for later"

// askQuiz asks a question of a quiz, in one of the ways that it needs, notes
// the answer, and explains all answers; onward are the choices to go on from
// there. right is whether the answer was; it is not noted if the learner
// passed it over. left is whether the learner chose leaveRest.
func (a *app) askQuiz(ctx context.Context, r *reader, heading string, q content.Question, onward ...string) (right, left bool, err error) {
	var answer progress.Answer
	answer.Question = progress.Question{Lesson: r.lesson.ID, Key: q.ID}
	asked := question{above: []string{r.palette.Title(heading), ""}, text: unmarked(q.Question)}
	for _, choice := range q.Answers {
		asked.choices = append(asked.choices, labels(unmarked(choice.Is))...)
	}
	var given []int
	if q.Several() {
		asked.text += " (choose all that hold, or none to pass)"
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
		return false, false, err
	}
	columns, _ := a.streams.Size() // which may have changed meanwhile
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
	if len(given) > 0 { // at once: who leaves from the explanation has answered
		a.record.note(func(s *progress.State) { s.Answer(answer) })
	}
	chosen, err := a.show(ctx, []string{r.palette.Title(heading + ": " + verdict), ""}, lines, verdict, onward...)
	return answer.Right && len(given) > 0, err == nil && onward[chosen] == leaveRest, err
}

// show shows lines below a head, in as many screens as they need, each with
// a choice to go on; onward are those of the last screen, of which it
// returns the index of the one chosen.
func (a *app) show(ctx context.Context, head, lines []string, text string, onward ...string) (chosen int, err error) {
	room := a.roomAbove(question{text: text, choices: labels(onward...)}) - len(head)
	screens := split(lines, max(room, 1))
	for i, screen := range screens {
		choices := []string{"more"}
		if i+1 == len(screens) {
			choices = onward
		}
		chosen, err = a.askOne(ctx, question{above: slices.Concat(head, screen), text: text, choices: labels(choices...)})
		if err != nil {
			return chosen, err
		}
	}
	return chosen, nil
}

// waysOn are the choices to go on from question i of n, counted from 0.
func waysOn(i, n int, last string) []string {
	if i+1 == n {
		return []string{last}
	}
	return []string{"next question", leaveRest}
}

// explained is an answer with its mark and why it holds or does not.
func (r *reader) explained(choice content.Answer, chosen bool, columns int) []string {
	mark := " " + markWrong + " "
	if choice.Right {
		mark = " " + markRight + " "
	}
	lines := wrapped(unmarked(choice.Is), 0, columns-1-len(mark))
	for i, line := range lines {
		lines[i] = mark + r.palette.Title(line)
		mark = strings.Repeat(" ", len(mark))
	}
	if chosen {
		const said = "   (your answer)"
		if last := len(lines) - 1; ansi.StringWidth(lines[last]+said) < columns {
			lines[last] += said
		} else {
			lines = append(lines, said)
		}
	}
	for _, line := range wrapped(unmarked(choice.Why), 3, columns-1) {
		lines = append(lines, r.palette.Faint(line))
	}
	return lines
}

// quiz asks the questions of the lesson, one after the other. Who leaves
// some of them is back on the page.
func (w *walk) quiz(ctx context.Context) error {
	quiz, _ := w.reader.text.Quiz()
	for i, q := range quiz.Questions {
		heading := fmt.Sprintf("%s, question %d of %d", w.reader.text.Title, i+1, len(quiz.Questions))
		_, left, err := w.app.askQuiz(ctx, w.reader, heading, q, waysOn(i, len(quiz.Questions), "go on")...)
		if err != nil || left {
			return err
		}
	}
	w.page, w.screen = w.page+1, 0 // to the recap
	return nil
}
