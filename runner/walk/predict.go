package walk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gosyncio/content"
	"gosyncio/runner/page"
	"gosyncio/runner/player"
	"gosyncio/runner/predict"
	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
)

// expect prepares the page's prediction for the request.
func (w *Walk) expect() (err error) {
	w.prediction = nil
	if asked, ok := w.pages()[w.page].Predict(); ok {
		if w.prediction, err = predict.New(asked, w.watch.request); err == nil {
			w.recall()
		}
	}
	return err
}

// predictionKey is how the prediction and its settings are known in a tour.
func (w *Walk) predictionKey() string {
	return fmt.Sprintf("%v %s", w.question(), w.watch.request.Caption())
}

// question is how the prediction is known among what the learner has done.
func (w *Walk) question() progress.Question {
	return progress.Question{Lesson: w.lesson.ID, Key: w.prediction.ID}
}

// captioned is a question with what it is asked about.
func captioned(question, caption string) string {
	if caption == "" {
		return question
	}
	return question + " (" + caption + ")"
}

// recall takes up what the learner predicted before for the same settings.
func (w *Walk) recall() {
	if predicted, ok := w.tour.predicted[w.predictionKey()]; ok {
		w.prediction.Predicted = predicted
		return
	}
	if p, ok := w.noted(); ok {
		w.prediction.Predicted = slices.IndexFunc(w.prediction.Options, func(o predict.Option) bool { return o.Text == p.Given })
	}
}

// noted is the prediction that has been noted last for the same settings,
// and whether there is one.
func (w *Walk) noted() (progress.Prediction, bool) {
	settings := w.watch.request.Values.Texts()
	return last(w.tour.journal.State().Predictions, func(p progress.Prediction) bool {
		return p.About(w.question(), settings, w.watch.request.Procs)
	})
}

// toAsk reports whether the prediction is still to be made: there is a
// choice, and it has not been asked for these settings. It may be called
// only when it is known whether there is a Python, if that matters.
func (w *Walk) toAsk() bool {
	if w.prediction == nil || w.prediction.Answered() {
		return false
	}
	_, asked := w.tour.predicted[w.predictionKey()]
	return !asked && w.askable()
}

// askable reports whether the prediction can be asked: there is a choice, and
// a run that decides.
func (w *Walk) askable() bool { return len(w.prediction.Options) > 1 && w.decided() }

// decided reports whether the run that decides is going to be made.
func (w *Walk) decided() bool {
	if w.wantsPython() && !w.watch.hasPython() {
		return false
	}
	return slices.ContainsFunc(w.watch.request.Parts(), func(p player.Part) bool {
		return w.prediction.DecidedBy(p, w.watch.request.Values)
	})
}

// askPrediction asks what the learner expects, and notes it.
func (w *Walk) askPrediction(ctx context.Context) error {
	columns, _ := w.tour.screen.Size()
	about := page.WithoutQuestions(w.pages()[w.page])
	about.Blocks = about.Blocks[:len(about.Blocks)-1] // without the run
	above, err := w.setter.Lines(about, w.view(), page.Width(columns))
	if err != nil {
		return err
	}
	r, p := w.watch.request, w.prediction
	q := screen.Question{
		Above: append([]string{w.style().Title(w.title()), ""}, above...),
		Text:  captioned(content.StripBackticks(p.Question), r.Caption()),
	}
	for _, o := range p.Options {
		q.Choices = append(q.Choices, screen.Labels(o.Text)...)
	}
	q.Choices = append(q.Choices, screen.Labels("(just run it)")...)
	chosen, err := w.tour.screen.Choose(ctx, q)
	if err != nil {
		return err
	}
	w.predicted(chosen)
	return nil
}

// predicted notes which option was chosen; the choice after the last is
// none of them.
func (w *Walk) predicted(chosen int) {
	p := w.prediction
	if chosen == len(p.Options) {
		chosen = predict.Unanswered
	}
	w.tour.predicted[w.predictionKey()] = chosen
	p.Predicted = chosen
	if p.Answered() {
		made := w.made(time.Now())
		made.Open = true
		w.tour.journal.Note(func(s *progress.State) { s.Predict(made) })
	}
}

// score notes whether the prediction was right, and what came of it. The
// first run that shows something decides.
func (w *Walk) score(measured predict.Outcome, now time.Time) {
	made := w.made(now)
	if noted, ok := w.noted(); !ok || noted.Open {
		correct, right := w.prediction.Score(measured)
		made.Correct, made.Right = correct.Text, right
		w.tour.journal.Note(func(s *progress.State) { s.Predict(made) })
	}
	outcome := progress.Outcome{Question: made.Question, Settings: made.Settings, CPUs: made.CPUs, Was: measured.Text, At: now}
	w.tour.journal.Note(func(s *progress.State) { s.RecordOutcome(outcome) })
}

// made is the answer that was given, as it is noted.
func (w *Walk) made(now time.Time) progress.Prediction {
	r, p := w.watch.request, w.prediction
	return progress.Prediction{
		Question: w.question(), Settings: r.Values.Texts(), CPUs: r.Procs,
		Given: p.Options[p.Predicted].Text, At: now,
	}
}
