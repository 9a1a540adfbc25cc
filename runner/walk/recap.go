package walk

import (
	"fmt"
	"maps"
	"slices"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/plan"
	"gosyncio/runner/predict"
	"gosyncio/runner/progress"
	"gosyncio/runner/terminal"
)

// recap is what stands on the last screen of a lesson: what was predicted
// and what happened, how the quiz went, and the line to remember. Before a room
// it is that line alone: the rest would be about nobody there.
func (w *Walk) recap(width int) []string {
	remember := w.setter.Prose("**To remember:** "+w.lesson.Text.Remember, width)
	if w.presenting {
		return remember
	}
	state := w.tour.journal.State()
	lines := w.recapPredictions(state, width)
	if quiz, ok := w.lesson.Text.Quiz(); ok {
		if score := w.quizScore(state, quiz); score != "" {
			lines = append(append(lines, w.setter.Prose(score, width)...), "")
		}
	}
	if made := w.exercises(state); made != "" {
		lines = append(append(lines, w.setter.Prose(made, width)...), "")
	}
	if left := state.Place(w.lesson.ToDo()).ToDo(); left != "" {
		lines = append(append(lines, w.setter.Prose("Until this lesson is done: "+left+" to go.", width)...), "")
	}
	return append(lines, remember...)
}

// recapPredictions tells, for each prediction that was made, what was said,
// what is right and what was measured. A question that was asked for several
// settings stands there for each of them.
func (w *Walk) recapPredictions(state *progress.State, width int) (lines []string) {
	for _, p := range w.pages() {
		asked, ok := p.Predict()
		if !ok {
			continue
		}
		for _, made := range predictions(state, progress.Question{Lesson: w.lesson.ID, Key: asked.ID}) {
			question := captioned(content.StripBackticks(asked.Question), captionOf(w.lesson.Program, made))
			lines = append(lines, terminal.Wrap(question, 2, width)...)
			lines = append(lines, terminal.Wrap(verdict(state, asked, made), 0, width)...)
			lines = append(lines, "")
		}
	}
	return lines
}

// verdict is what came of a prediction, with its mark.
func verdict(state *progress.State, asked content.Predict, made progress.Prediction) string {
	quote := func(answer string) string { return predict.Quote(asked.Measure, answer) }
	text := fmt.Sprintf("%s You said %s: right", markRight, quote(made.Given))
	switch {
	case made.Open:
		return fmt.Sprintf("%s You said %s; no run has decided it.", markOpen, quote(made.Given))
	case !made.Right:
		text = fmt.Sprintf("%s You said %s; right is %s", markWrong, quote(made.Given), quote(made.Correct))
	}
	if outcome, ok := lastOutcome(state, made); ok {
		text += fmt.Sprintf(" (measured: %s)", quote(outcome.Was))
	}
	return text + "."
}

// quizScore says how the quiz went; "" if it was not asked.
func (w *Walk) quizScore(state *progress.State, quiz content.Quiz) string {
	right, asked := 0, 0
	for _, q := range quiz.Questions {
		if answer, ok := lastAnswer(state, progress.Question{Lesson: w.lesson.ID, Key: q.ID}); ok {
			asked++
			if answer.Right {
				right++
			}
		}
	}
	if asked == 0 {
		return ""
	}
	text := fmt.Sprintf("The quiz: %d of %d right.", right, len(quiz.Questions))
	if right < asked {
		text += " `gosyncio review` asks again what you missed."
	}
	return text
}

// exercises says which of the lesson's exercises have been solved; "" if it has
// none.
func (w *Walk) exercises(state *progress.State) string {
	course := w.lesson.ToDo()
	made := state.Made([]progress.Course{course})
	if made.All == 0 {
		return ""
	}
	text := fmt.Sprintf("Exercises: %d of %d solved.", made.Solved, made.All)
	for _, name := range course.Exercises {
		if state.Exercises[name].Solved.IsZero() {
			return text + " The next one: `gosyncio practice " + name + "`"
		}
	}
	return text
}

// captionOf is the caption of the request that a prediction was about.
func captionOf(lesson lessons.Lesson, p progress.Prediction) string {
	values := lesson.Defaults()
	for name, text := range p.Settings {
		if changed, err := values.With(name, text); err == nil { // else it is of another version
			values = changed
		}
	}
	return plan.Caption(nil, values, p.CPUs)
}

// predictions are those made for a question, in the order in which they
// were; for the same settings the last.
func predictions(s *progress.State, q progress.Question) (made []progress.Prediction) {
	for _, p := range s.Predictions {
		if p.Question != q {
			continue
		}
		made = append(slices.DeleteFunc(made, func(old progress.Prediction) bool {
			return old.CPUs == p.CPUs && maps.Equal(old.Settings, p.Settings)
		}), p)
	}
	return made
}

// lastOutcome is what came of a prediction, the last time.
func lastOutcome(s *progress.State, p progress.Prediction) (progress.Outcome, bool) {
	return last(s.Outcomes, func(o progress.Outcome) bool {
		return o.Question == p.Question && o.CPUs == p.CPUs && maps.Equal(o.Settings, p.Settings)
	})
}

// lastAnswer is the one given last to a question.
func lastAnswer(s *progress.State, q progress.Question) (progress.Answer, bool) {
	return last(s.Answers, func(a progress.Answer) bool { return a.Question == q })
}

// last is the last record for which is holds, and whether there is one.
func last[R any](records []R, is func(R) bool) (r R, ok bool) {
	for i := len(records) - 1; i >= 0; i-- {
		if is(records[i]) {
			return records[i], true
		}
	}
	return r, false
}
