package runner

import (
	"fmt"
	"maps"

	"gosyncio/lessons"
	"gosyncio/runner/progress"
	"gosyncio/runner/typeset"
)

// recap is what stands on the last screen of a lesson: what was predicted
// and what happened, how the quiz went, and the line to remember.
func (w *walk) recap(width int) ([]string, error) {
	id := w.reader.lesson.ID
	state := w.record.state()
	var lines []string
	for _, p := range w.reader.text.Pages {
		predict, ok := p.Predict()
		if !ok {
			continue
		}
		said, ok := lastPrediction(state, progress.Question{Lesson: id, Key: predict.ID})
		if !ok {
			continue
		}
		mark, text := markRight, fmt.Sprintf("You said %s: right", quoted(predict.Measure, said.Given))
		if !said.Right {
			mark, text = markWrong, fmt.Sprintf("You said %s; right is %s", quoted(predict.Measure, said.Given), quoted(predict.Measure, said.Correct))
		}
		if outcome, ok := lastOutcome(state, said); ok && outcome.Was != said.Correct {
			text += fmt.Sprintf(" (it was %s)", quoted(predict.Measure, outcome.Was))
		}
		lines = append(lines, wrapped(captioned(unmarked(predict.Question), captionOf(w.reader.lesson, said)), 2, width)...)
		lines = append(lines, mark+" "+text+".", "")
	}
	if quiz, ok := w.reader.text.Quiz(); ok {
		right, asked := 0, 0
		for _, q := range quiz.Questions {
			if answer, ok := lastAnswer(state, progress.Question{Lesson: id, Key: q.ID}); ok {
				asked++
				if answer.Right {
					right++
				}
			}
		}
		if asked > 0 {
			text := fmt.Sprintf("The quiz: %d of %d right.", right, len(quiz.Questions))
			if right < asked {
				text += " `gosyncio review` asks again what you missed."
			}
			lines = append(append(lines, typeset.Prose(text, width, w.reader.colours)...), "")
		}
	}
	remember := typeset.Prose("**To remember:** "+w.reader.text.Remember, width, w.reader.colours)
	return append(lines, remember...), nil
}

// captionOf is the caption of the request that a prediction was about.
func captionOf(lesson lessons.Lesson, p progress.Prediction) string {
	values := lesson.Defaults()
	for name, text := range p.Settings {
		if changed, err := values.With(name, text); err == nil { // else it is of another version
			values = changed
		}
	}
	return caption(values, p.CPUs)
}

// lastPrediction is the one made last for a question.
func lastPrediction(s *progress.State, q progress.Question) (last progress.Prediction, ok bool) {
	for _, p := range s.Predictions {
		if p.Question == q {
			last, ok = p, true
		}
	}
	return last, ok
}

// lastOutcome is what came of a prediction, the last time.
func lastOutcome(s *progress.State, p progress.Prediction) (last progress.Outcome, ok bool) {
	for _, o := range s.Outcomes {
		if o.Question == p.Question && o.CPUs == p.CPUs && maps.Equal(o.Settings, p.Settings) {
			last, ok = o, true
		}
	}
	return last, ok
}

// lastAnswer is the one given last to a question.
func lastAnswer(s *progress.State, q progress.Question) (last progress.Answer, ok bool) {
	for _, a := range s.Answers {
		if a.Question == q {
			last, ok = a, true
		}
	}
	return last, ok
}
