package walk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/progress"
)

// lessonsDone is how the menu counts the lessons that are done.
func lessonsDone(n int) string { return fmt.Sprintf("%d of %d done", n, len(lessons.All())) }

// lineToRemember is the beginning of that of tasks, as it is shown without
// colours.
func lineToRemember(t *testing.T) string {
	t.Helper()
	text, err := content.Load("tasks")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(text.Remember)[:3], " ")
}

// The recap says of a prediction what happened, if a run was waited for, and
// of questions only what review would ask.
func TestRecapOfWhatWentWrong(t *testing.T) {
	t.Parallel()
	d := atPage(t, 3, headlessOptions{})
	d.toPrediction()
	d.choose("1 s")
	d.waitForMatch("◆ you said 1 s", `(n|enter) next `)
	for page := 4; page <= pagesOf(t, "tasks"); page++ {
		d.press("n")
		d.waitFor(fmt.Sprintf("page %d of", page), "q quit")
	}
	d.toQuiz()
	d.choose("Nothing")
	d.waitFor("> next question")
	d.answer(0)
	for question := 2; question <= 5; question++ {
		d.passOver(question)
	}
	shown := d.waitFor("What you saw", "? You said 1 s; no run has decided it.", "The quiz: 1 of 5 right.", "To remember: "+lineToRemember(t))
	if strings.Contains(shown, "gosyncio review") {
		t.Errorf("there is nothing to review:\n%s", shown)
	}
	// Who has read it has come to the end, wherever to from here.
	d.press("m")
	d.waitForMatch(`(?m)^  3  Tasks +read `, `(?m)^> 4 `)
	d.interrupt()
	d.ends()
	if got := d.state().Lessons["tasks"]; got.Finished.IsZero() {
		t.Errorf("tasks: %+v", got)
	}
	if state := d.state(); len(state.Predictions) != 1 || len(state.Decided()) != 0 {
		t.Errorf("predictions %+v", state.Predictions)
	}
}

func TestRecap(t *testing.T) {
	t.Parallel()
	asked := progress.Question{Lesson: "tasks", Key: "both"}
	settings, now := map[string]string{"a": "2s", "b": "1s"}, time.Now()
	predicted := func(given string, right bool, cpus int, settings map[string]string) progress.Prediction {
		return progress.Prediction{Question: asked, Settings: settings, CPUs: cpus, Given: given, Correct: "2 s", Right: right, At: now}
	}
	cameTo := func(was string, cpus int) progress.Outcome {
		return progress.Outcome{Question: asked, Settings: settings, CPUs: cpus, Was: was, At: now}
	}
	for _, test := range []struct {
		name    string
		done    func(*progress.State)
		want    []string
		without []string
	}{
		{"nothing was done", nil, []string{"To remember: " + lineToRemember(t), "enter done"}, []string{"You said", "The quiz"}},
		// What happened is told another day, too: with the same CPUs.
		{"another day", func(s *progress.State) {
			s.Predict(predicted("1 s", false, 1, settings))
			s.RecordOutcome(cameTo("2.41 s", 1))
			s.RecordOutcome(cameTo("2.01 s", 0))
		}, []string{"How long does concurrent take? (a=2s b=1s CPUs=1)", "- You said 1 s; right is 2 s (measured: 2.41 s).", "enter done"}, nil},
		{"as it should be", func(s *progress.State) {
			s.Predict(predicted("2 s", true, 0, settings))
			s.RecordOutcome(cameTo("2 s", 0))
		}, []string{"How long does concurrent take? (a=2s b=1s)", "+ You said 2 s: right (measured: 2 s)."}, nil},
		{"each counts, for the same settings the last", func(s *progress.State) {
			s.Predict(predicted("1 s", false, 0, settings))
			s.RecordOutcome(cameTo("2.01 s", 0))
			s.Predict(predicted("2 s", true, 0, map[string]string{"a": "2s", "b": "10ms"}))
			s.Predict(predicted("3 s", false, 1, settings))
			s.Predict(predicted("2 s", true, 1, settings))
		}, []string{"(a=2s b=1s)", "- You said 1 s; right is 2 s (measured: 2.01 s).", "(a=2s b=10ms)", "(a=2s b=1s CPUs=1)", "+ You said 2 s: right."}, []string{"You said 3 s"}},
		{"settings of another version", func(s *progress.State) {
			s.Predict(predicted("1 s", false, 0, map[string]string{"a": "soon", "c": "1s"}))
		}, []string{"(a=2s b=1s)", "- You said 1 s; right is 2 s."}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := atPage(t, 0, headlessOptions{done: test.done})
			d.press("n")
			shown := d.waitFor(append(test.want, "What you saw")...)
			for _, unwanted := range test.without {
				if strings.Contains(shown, unwanted) {
					t.Errorf("%q stands in\n%s", unwanted, shown)
				}
			}
			d.press("q")
			if err := d.ends(); err != nil {
				t.Error(err)
			}
		})
	}
}

// Where a page needs more screens than what comes after it, the place in it is
// not taken along.
func TestFromALongPageToAShortOne(t *testing.T) {
	t.Parallel()
	t.Run("the recap", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 0, headlessOptions{columns: 80, rows: 12})
		d.waitFor("enter more")
		d.toQuestion(5)
		d.passOver(5)
		d.waitForMatch("What you saw", "enter (more|done)")
		d.press("q")
		d.ends()
	})
	t.Run("the same page without Python", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 3, headlessOptions{columns: 56, rows: 17})
		d.toPrediction()
		d.choose("(just run it)")
		d.waitForMatch(`(n|enter) next `)
		d.press("p", "b")
		d.waitForMatch("page 3 of", "enter (more|run)")
		d.press("q")
		d.ends()
	})
}
