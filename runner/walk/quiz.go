package walk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
	"gosyncio/runner/page"
	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// The marks of answers, once a question is answered.
const (
	markRight = "+"
	markWrong = "-"
	markOpen  = "?"
)

// leaveRest is the choice to be asked no more questions for now.
const leaveRest = "leave the rest for later"

// askQuiz asks the questions of the lesson, one after the other. Who leaves
// some of them is back on the page.
func (w *Walk) askQuiz(ctx context.Context) error {
	quiz, _ := w.lesson.Text.Quiz()
	for i, q := range quiz.Questions {
		heading := fmt.Sprintf("%s, question %d of %d", w.lesson.Text.Title, i+1, len(quiz.Questions))
		_, left, err := w.tour.askQuestion(ctx, w.lesson.ID, heading, q, nextChoices(i, len(quiz.Questions), "go on"))
		if err != nil || left {
			return err
		}
	}
	w.page, w.part = w.page+1, 0 // to the recap
	return nil
}

// nextChoices are the choices to go on from question i of n, counted from 0.
func nextChoices(i, n int, last string) []string {
	if i+1 == n {
		return []string{last}
	}
	return []string{"next question", leaveRest}
}

// askQuestion asks a question of a lesson's quiz, notes the answer, and
// explains all answers; onward are the choices to go on from there. right
// reports whether the answer was; it is not noted if the learner passed it
// over. left reports whether the learner chose leaveRest.
func (t *Tour) askQuestion(ctx context.Context, lesson, heading string, q content.Question, onward []string) (right, left bool, err error) {
	title := terminal.NewStyle(t.screen.Colours()).Title
	given, err := t.chooseAnswers(ctx, title(heading), q)
	if err != nil {
		return false, false, err
	}
	answer := progress.Answer{
		Question: progress.Question{Lesson: lesson, Key: q.ID},
		Right:    true,
		At:       time.Now(),
	}
	columns, _ := t.screen.Size() // which may have changed meanwhile
	lines := append(terminal.Wrap(content.StripBackticks(q.Question), 1, columns-1), "")
	for i, choice := range q.Answers {
		chosen := slices.Contains(given, i)
		if chosen {
			answer.Given = append(answer.Given, choice.Is)
		}
		answer.Right = answer.Right && chosen == choice.Right
		lines = append(lines, t.explain(choice, chosen, columns)...)
	}
	verdict := "Right."
	switch {
	case len(given) == 0:
		verdict = "Passed over."
	case !answer.Right:
		verdict = "Not quite."
	}
	if len(given) > 0 { // at once: who leaves from the explanation has answered
		t.journal.Note(func(s *progress.State) { s.Answer(answer) })
	}
	chosen, err := t.show(ctx, []string{title(heading + ": " + verdict), ""}, lines, verdict, onward)
	return answer.Right && len(given) > 0, err == nil && onward[chosen] == leaveRest, err
}

// chooseAnswers asks a question in one of the ways that it needs, and
// returns the indexes of the answers given; none if it is passed over.
func (t *Tour) chooseAnswers(ctx context.Context, title string, q content.Question) ([]int, error) {
	asked := screen.Question{Above: []string{title, ""}, Text: content.StripBackticks(q.Question)}
	for _, choice := range q.Answers {
		asked.Choices = append(asked.Choices, screen.Labels(content.StripBackticks(choice.Is))...)
	}
	if q.Several() {
		asked.Text += " (choose all that hold, or none to pass)"
		return t.screen.ChooseSeveral(ctx, asked)
	}
	asked.Choices = append(asked.Choices, screen.Labels("(pass)")...)
	one, err := t.screen.Choose(ctx, asked)
	if err != nil || one == len(q.Answers) {
		return nil, err
	}
	return []int{one}, nil
}

// show shows lines below a head, on as many screens as they need, each with
// a choice to go on; onward are those of the last screen, of which it
// returns the index of the one chosen.
func (t *Tour) show(ctx context.Context, head, lines []string, text string, onward []string) (chosen int, err error) {
	columns, rows := t.screen.Size()
	room := screen.Question{Text: text, Choices: screen.Labels(onward...)}.Room(columns, rows) - len(head)
	parts := page.Screens(lines, room)
	for i, part := range parts {
		choices := []string{"more"}
		if i+1 == len(parts) {
			choices = onward
		}
		chosen, err = t.screen.Choose(ctx, screen.Question{Above: slices.Concat(head, part), Text: text, Choices: screen.Labels(choices...)})
		if err != nil {
			return chosen, err
		}
	}
	return chosen, nil
}

// explain is an answer with its mark and why it holds or does not.
func (t *Tour) explain(choice content.Answer, chosen bool, columns int) []string {
	style := terminal.NewStyle(t.screen.Colours())
	mark := " " + markWrong + " "
	if choice.Right {
		mark = " " + markRight + " "
	}
	lines := terminal.Wrap(content.StripBackticks(choice.Is), 0, columns-1-len(mark))
	for i, line := range lines {
		lines[i] = mark + style.Title(line)
		mark = strings.Repeat(" ", len(mark))
	}
	if chosen {
		const yours = "   (your answer)"
		if last := len(lines) - 1; ansi.StringWidth(lines[last]+yours) < columns {
			lines[last] += yours
		} else {
			lines = append(lines, yours)
		}
	}
	for _, line := range terminal.Wrap(content.StripBackticks(choice.Why), 3, columns-1) {
		lines = append(lines, style.Faint(line))
	}
	return lines
}
