package walk

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/page"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/predict"
	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
	"gosyncio/runner/stage"
)

// begin asks for a prediction, if there is one to make, and opens the stage.
func (w *Walk) begin(run content.Run) tea.Cmd {
	r, err := plan.ForPage(w.lesson, run, w.languages())
	if err != nil {
		return w.fail(err)
	}
	w.watch.request = r
	if err := w.expect(); err != nil {
		return w.fail(err)
	}
	if w.wantsPython() && !w.presenting {
		w.looking = true
		return w.watch.findPython()
	}
	return w.predictOrRun()
}

// foundPython goes on where begin had to look for Python.
func (w *Walk) foundPython() tea.Cmd {
	if !w.looking {
		return nil
	}
	w.looking = false
	return w.predictOrRun()
}

// predictOrRun asks what the learner, or the room, expects, and opens the
// stage.
func (w *Walk) predictOrRun() tea.Cmd {
	w.cannotAsk = w.prediction != nil && !w.askable()
	switch {
	case w.presenting && w.prediction != nil:
		w.slide = w.predictionSlide()
		return nil
	case w.toAsk():
		return w.interrupt(func(ctx context.Context) error {
			if err := w.askPrediction(ctx); err != nil {
				return err
			}
			w.openStage()
			w.then = w.play()
			return nil
		})
	}
	w.openStage()
	return w.play()
}

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

// openStage puts the stage on the screen. Nothing plays on it yet.
func (w *Walk) openStage() {
	answer := ""
	if w.prediction != nil {
		answer = "   a answer"
	}
	w.watch.open(stage.Options{
		Title:     w.lesson.Text.Title,
		Position:  w.where(),
		KeysGoing: "n next   q quit   b back" + w.forRoom("   m menu", answer) + "   ? keys",
		KeysEnded: "enter next   q quit   b back" + w.forRoom("   c change", answer) + "   ? keys",
		Fill:      true,
	})
	w.tellStage()
}

// tellStage tells the stage what is expected of the request's runs.
func (w *Walk) tellStage() {
	w.watch.live.Caption(w.watch.request.StageCaption())
	w.watch.live.Predict(nil)
	if w.prediction != nil {
		w.watch.live.Predict(w.prediction)
	}
}

// play makes the runs of the request.
func (w *Walk) play() tea.Cmd {
	w.noteRuns()
	w.recorded, w.scored = false, false
	return w.watch.start()
}

// resumed answers that the program goes on after it was stopped for a while.
// Runs that were going on are made again: nobody was there to note when they
// said what.
func (w *Walk) resumed() tea.Cmd {
	if w.watch.live == nil || w.watch.ended() {
		return nil
	}
	return w.play()
}

// updateStage answers a message while the stage is on the screen.
func (w *Walk) updateStage(msg tea.Msg) tea.Cmd {
	w.noteRuns() // before a key leaves them
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "r" && w.watch.ended() {
		return w.play()
	}
	request, attempt := w.watch.request, w.watch.attempt
	if cmd, handled := w.watch.update(msg); handled {
		if w.watch.attempt != attempt {
			w.recorded, w.scored = false, false
		}
		if w.watch.request.Languages != request.Languages {
			w.tour.languages = w.watch.request.Languages
		}
		w.noteRuns()
		return cmd
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key := key.String(); {
	case key == "n", w.watch.ended() && (key == "enter" || key == "space"):
		w.noteRuns() // which may have ended just now
		w.watch.leave()
		return w.forward()
	case key == "c" && w.watch.ended() && !w.presenting:
		return w.interrupt(w.change)
	case key == "a" && w.presenting:
		if s, ok := w.watch.live.Expected().(*slide); ok {
			s.shown = !s.shown
		}
	case key == "b", key == "backspace":
		w.watch.leave()
	}
	return nil
}

// change lets the learner change the request and runs it again.
func (w *Walk) change(ctx context.Context) error {
	w.then = w.watch.live.Resume() // if it is left as it was
	changing := change{w.tour.screen, w.style()}
	r, run, err := changing.ask(ctx, w.watch.request)
	if r.Languages != w.watch.request.Languages {
		w.tour.languages = r.Languages // holds for what is run from now on
	}
	if err != nil || !run {
		return err
	}
	before := w.watch.request
	w.watch.request = r
	if err := w.expect(); err != nil {
		return err
	}
	if w.toAsk() {
		if err := w.askPrediction(ctx); err != nil {
			w.watch.request = before // which is what stands on the stage
			return errors.Join(err, w.expect())
		}
	}
	w.tellStage()
	w.then = w.play()
	return nil
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
		return p.Question == w.question() && p.CPUs == w.watch.request.Procs && maps.Equal(p.Settings, settings)
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

// notePlace notes that what the page runs was run. What needs a Python that
// is not there counts: more cannot be done about it here.
func (w *Walk) notePlace(s player.Snapshot) {
	run, ok := w.runBlock()
	unable := s.Missing() != nil && len(s.Present()) == 0
	if !ok || !unable && len(s.Elapsed()) == 0 {
		return
	}
	w.tour.journal.Note(func(s *progress.State) { s.RanAt(w.lesson.ID, course.PlaceOf(run)) })
	if w.cannotAsk {
		question := w.question()
		w.tour.journal.Note(func(s *progress.State) { s.CannotAsk(question) })
	}
}

// noteRuns notes the runs on the stage, once, when they have ended, and what
// came of the prediction, once, when that is known: what a run costs is
// measured after it.
func (w *Walk) noteRuns() {
	if w.recorded && w.scored || !w.watch.ended() {
		return
	}
	done := w.watch.done() // asked first: then what follows is all there is
	snapshot, now := w.watch.live.Snapshot(), time.Now()
	if !w.recorded {
		w.recorded = true
		w.record(snapshot, now)
	}
	if w.scored = w.prediction == nil || !w.prediction.Answered(); w.scored {
		return
	}
	measured, ok := w.prediction.Measured(snapshot)
	if ok {
		w.score(measured, now)
	}
	w.scored = ok || done
}

// record notes the runs of the page.
func (w *Walk) record(snapshot player.Snapshot, now time.Time) {
	w.notePlace(snapshot)
	for _, made := range snapshot.Succeeded() {
		if made.Kept {
			continue // it has been noted
		}
		kind := made.Job.Kind()
		run := progress.Run{
			Lesson: snapshot.Lesson.ID, Variant: kind.Variant, Language: kind.Language.ID(),
			Settings: snapshot.Values.Texts(), Elapsed: made.Status.Elapsed, At: now,
		}
		w.tour.journal.Note(func(s *progress.State) { s.Ran(run) })
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
