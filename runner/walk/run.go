package walk

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
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

// openStage puts the stage on the screen. Nothing plays on it yet.
func (w *Walk) openStage() {
	answer := ""
	if w.prediction != nil {
		answer = "   a answer"
	}
	o := stage.Options{
		Title:     w.lesson.Text.Title,
		Position:  w.where(),
		KeysGoing: "n next   q quit   b back" + w.forRoom("   m menu", answer) + "   ? keys",
		KeysEnded: "enter next   q quit   b back" + w.forRoom("   c change", answer) + "   ? keys",
		Fill:      true,
	}
	if w.entry {
		o.KeysGoing, o.KeysEnded = "b back   q quit   ? keys", "enter back   q quit   c change   ? keys"
	}
	w.watch.open(o)
	w.tellStage()
}

// tellStage tells the stage what is expected of the request's runs.
func (w *Walk) tellStage() {
	w.watch.Live.Caption(w.watch.request.StageCaption())
	w.watch.Live.Predict(nil)
	if w.prediction != nil {
		w.watch.Live.Predict(w.prediction)
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
	if w.watch.Live == nil || w.watch.Ended() {
		return nil
	}
	return w.play()
}

// updateStage answers a message while the stage is on the screen.
func (w *Walk) updateStage(msg tea.Msg) tea.Cmd {
	w.noteRuns() // before a key leaves them
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "r" && w.watch.Ended() {
		return w.play()
	}
	request, attempt := w.watch.request, w.watch.Attempts()
	if cmd, handled := w.watch.update(msg); handled {
		if w.watch.Attempts() != attempt {
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
	case key == "n", w.watch.Ended() && (key == "enter" || key == "space"):
		w.noteRuns() // which may have ended just now
		w.watch.Leave()
		if w.entry {
			return nil
		}
		return w.forward()
	case key == "c" && w.watch.Ended() && !w.presenting:
		return w.interrupt(w.change)
	case key == "a" && w.presenting:
		if s, ok := w.watch.Live.Expected().(*slide); ok {
			s.shown = !s.shown
		}
	case key == "b", key == "backspace", key == "esc" && w.entry:
		w.watch.Leave()
	}
	return nil
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
	if w.recorded && w.scored || !w.watch.Ended() {
		return
	}
	done := w.watch.Done() // asked first: then what follows is all there is
	snapshot, now := w.watch.Live.Snapshot(), time.Now()
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
