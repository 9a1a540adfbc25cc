package runner

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/content"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/stage"
)

// begin asks for a prediction, if there is one to make, and opens the stage.
func (w *walk) begin(run content.Run) tea.Cmd {
	r, err := newRequest(w.reader.lesson.ID, run.Variants, assignments(run), with(run.With))
	if err != nil {
		w.err = err
		return w.leave(leftProgram)
	}
	w.request = r
	if err := w.expect(); err != nil {
		w.err = err
		return w.leave(leftProgram)
	}
	if w.presenting && w.prediction != nil {
		w.slide = w.predictionSlide()
		return nil
	}
	if w.toAsk() {
		return w.interrupt(func(ctx context.Context) error {
			if err := w.askPrediction(ctx); err != nil {
				return err
			}
			w.openStage()
			w.then = w.live.Start()
			return nil
		})
	}
	w.openStage()
	return w.live.Start()
}

// expect prepares the page's prediction for the request.
func (w *walk) expect() (err error) {
	w.prediction = nil
	if predict, ok := w.pages()[w.page].Predict(); ok {
		if w.prediction, err = newPrediction(predict, w.request); err == nil {
			w.recall()
		}
	}
	return err
}

// openStage puts the stage on the screen. Nothing plays on it yet.
func (w *walk) openStage() {
	answer := ""
	if w.prediction != nil {
		answer = "   a answer"
	}
	var toggle func()
	if w.request.with != withPython {
		toggle = func() {
			w.request = w.request.switched()
			w.app.with = w.request.with
		}
	}
	w.live = stage.NewLive(stage.Options{
		Title:    w.reader.text.Title,
		Position: w.where(),
		Play: func() (*player.Comparison, error) {
			w.recorded = false
			return w.app.play(w.ctx, w.request)
		},
		Switch:    toggle,
		Palette:   w.reader.palette,
		KeysGoing: "n next   q quit   b back" + w.more("   m menu", answer),
		KeysEnded: "enter next   q quit   b back" + w.more("   m menu   c change", answer),
		Fill:      true,
	})
	w.tellStage()
}

// tellStage tells the stage what is expected of the request's runs.
func (w *walk) tellStage() {
	w.live.Caption(w.request.caption())
	w.live.Predict(nil)
	if w.prediction != nil {
		w.live.Predict(w.prediction)
	}
}

// change lets the learner change the request and runs it again.
func (w *walk) change(ctx context.Context) error {
	r, run, err := w.app.change(ctx, w.reader.palette, w.request)
	if err != nil || !run {
		return err
	}
	w.request = r
	if err := w.expect(); err != nil {
		return err
	}
	if w.toAsk() {
		if err := w.askPrediction(ctx); err != nil {
			return err
		}
	}
	w.tellStage()
	w.then = w.live.Start()
	return nil
}

// predictionKey is how the prediction and its settings are known in the app.
func (w *walk) predictionKey() string {
	return fmt.Sprintf("%v %s", w.asked(), w.request.caption())
}

// asked is how the prediction is known among what the learner has done.
func (w *walk) asked() progress.Question {
	return progress.Question{Lesson: w.reader.lesson.ID, Key: w.prediction.ID}
}

// captioned is a question with what it is asked about.
func captioned(question, caption string) string {
	if caption == "" {
		return question
	}
	return question + " (" + caption + ")"
}

// recall takes up what the learner said before for the same settings.
func (w *walk) recall() {
	if said, ok := w.app.said[w.predictionKey()]; ok {
		w.prediction.said = said
		return
	}
	settings := w.request.values.Texts()
	for _, p := range w.record.state().Predictions {
		if p.Question == w.asked() && p.CPUs == w.request.procs && maps.Equal(p.Settings, settings) {
			w.prediction.said = slices.IndexFunc(w.prediction.options, func(o option) bool { return o.text == p.Given })
		}
	}
}

// toAsk is whether the prediction is still to be made: there is a choice,
// and it has not been asked for these settings.
func (w *walk) toAsk() bool {
	if w.prediction == nil || len(w.prediction.options) < 2 || w.prediction.said != nobody {
		return false
	}
	_, asked := w.app.said[w.predictionKey()]
	return !asked && w.decided()
}

// decided is whether the run that decides is going to be made.
func (w *walk) decided() bool {
	kind := w.prediction.kind()
	if kind.Language == player.Python {
		if _, err := w.app.python(); err != nil {
			return false
		}
	}
	return slices.ContainsFunc(w.request.parts(), func(p player.Part) bool { return p.Kind() == kind })
}

// askPrediction asks what the learner expects, and notes it.
func (w *walk) askPrediction(ctx context.Context) error {
	columns, _ := w.app.streams.Size()
	page := asking(w.pages()[w.page], w.app.with)
	page.Blocks = page.Blocks[:len(page.Blocks)-1] // without the run
	above, err := w.reader.lines(page, columns-2*sideMargin)
	if err != nil {
		return err
	}
	q := question{above: append([]string{w.reader.palette.Title(w.title()), ""}, above...), text: captioned(unmarked(w.prediction.Question), w.request.caption())}
	for _, o := range w.prediction.options {
		q.choices = append(q.choices, labels(o.text)...)
	}
	q.choices = append(q.choices, labels("(just run it)")...)
	said, err := w.app.askOne(ctx, q)
	if err != nil {
		return err
	}
	if said == len(w.prediction.options) {
		said = nobody
	}
	w.app.said[w.predictionKey()] = said
	w.prediction.said = said
	if said == nobody {
		return nil
	}
	given := w.prediction.options[said]
	made := progress.Prediction{
		Question: w.asked(),
		Settings: w.request.values.Texts(),
		CPUs:     w.request.procs,
		Given:    given.text,
		Correct:  w.prediction.options[w.prediction.right()].text,
		Right:    given.Right,
		At:       time.Now(),
	}
	w.record.note(func(s *progress.State) { s.Predict(made) })
	return nil
}

// noteRuns notes the runs on the stage when they have ended.
func (w *walk) noteRuns() {
	if w.recorded || !w.live.Ended() || w.live.Comparison() == nil {
		return
	}
	w.recorded = true
	c, now := w.live.Comparison(), time.Now()
	for kind, elapsed := range c.Elapsed() {
		run := progress.Run{
			Lesson: c.Lesson.ID, Variant: kind.Variant, Language: strings.ToLower(kind.Language.String()),
			Settings: c.Values.Texts(), Elapsed: elapsed, At: now,
		}
		w.record.note(func(s *progress.State) { s.Ran(run) })
	}
	if w.prediction == nil || w.prediction.said == nobody {
		return
	}
	if measured, ok := w.prediction.measured(c); ok {
		came := progress.Outcome{Question: w.asked(), Settings: w.request.values.Texts(), CPUs: w.request.procs, Was: measured.text, At: now}
		w.record.note(func(s *progress.State) { s.Came(came) })
	}
}
