//go:build unix

package runner

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gosyncio/content"
	"gosyncio/runner/progress"
)

// A learner is somebody whose progress outlives a window.
type learner struct {
	t    *testing.T
	path string
}

// newLearner is a learner who has seen the first screen and, if done is not
// nil, has done something already.
func newLearner(t *testing.T, done func(*progress.State)) learner {
	t.Helper()
	l := learner{t, filepath.Join(t.TempDir(), "progress.json")}
	seen := func(s *progress.State) {
		s.Welcome(time.Now())
		if done != nil {
			done(s)
		}
	}
	if _, err := progress.Open(l.path).Update(seen); err != nil {
		t.Fatal(err)
	}
	return l
}

// open starts the program for the learner, without Python.
func (l learner) open(o windowOptions) *window {
	l.t.Helper()
	o.environ = append(o.environ, withoutPython, progress.Variable+"="+l.path)
	return open(l.t, o)
}

// state is what is known of the learner.
func (l learner) state() *progress.State {
	l.t.Helper()
	state, notice, err := progress.Open(l.path).Load()
	if err != nil || notice != "" {
		l.t.Fatal(notice, err)
	}
	return state
}

// standsOn is a learner who has come to a page of tasks; 0 is the last.
func standsOn(page int) func(*progress.State) {
	return func(s *progress.State) {
		if page == 0 {
			page = pagesOfTasks()
		}
		s.ReadPage("tasks", page, time.Now())
	}
}

func pagesOfTasks() int {
	text, err := content.Load("tasks")
	if err != nil {
		panic(err)
	}
	return len(text.Pages)
}

// choose chooses the answer that has the text by typing it.
func choose(w *window, text string) {
	w.t.Helper()
	w.press(text)
	quoted := regexp.QuoteMeta(text)
	w.waitForMatch(`(?m)^filter: `+quoted+` `, `(?m)^> .*`+quoted)
	w.press(keyEnter)
}

// toLesson chooses a lesson in the menu.
func toLesson(w *window, id string) {
	w.t.Helper()
	w.waitForMatch("Which lesson.", "(?m)^> ")
	w.press(id)
	w.waitForMatch("filter: "+id+`  \d+ of`, "(?m)^> ")
	w.press(keyEnter)
	w.waitFor("page ", "q quit")
}

// above is a screen without its last row, which is drawn last: of a first
// frame, the test may see the beginning of that row and then all of it.
func above(screen string) string { return screen[:max(0, strings.LastIndex(screen, "\n"))] }

// onward presses Enter until one of the texts is at the foot of a page.
func onward(w *window, texts ...string) {
	w.t.Helper()
	for {
		before := w.waitForMatch(strings.Join(append(texts, "enter more"), "|"))
		if !strings.Contains(before, "enter more") {
			return
		}
		w.press(keyEnter)
		w.waitUntil("next part of the page", func(screen string) bool { return above(screen) != above(before) })
	}
}

// toPrediction goes to the prediction of tasks, from its page.
func toPrediction(w *window) {
	w.t.Helper()
	onward(w, "enter run")
	w.press(keyEnter)
	w.waitFor("How long does concurrent take? (a=2s b=1s)", "> 1 s", "  2 s", "  3 s", "  (just run it)")
}

// toQuiz goes to the quiz of tasks, from its last page.
func toQuiz(w *window) {
	w.t.Helper()
	onward(w, "enter quiz")
	w.press(keyEnter)
	w.waitFor("Tasks, question 1 of 5", "> A Task to await", "(pass)")
}

// toChange goes to the menu of changes, from the page of tasks with the run
// of one second that nothing is asked about.
func toChange(w *window) {
	w.t.Helper()
	onward(w, "enter run")
	w.press(keyEnter)
	w.waitFor("concurrent · Go", "enter next", "c change")
	w.press("c")
	w.waitFor("what do you want to change?", "> run with these settings", "  back to what the page sets")
}

// missed is a learner who has missed questions of tasks, which review asks.
func missed(keys ...string) func(*progress.State) {
	return func(s *progress.State) {
		for i, key := range keys {
			at := time.Now().Add(time.Duration(i-len(keys)) * time.Hour)
			s.Answer(progress.Answer{Question: progress.Question{Lesson: "tasks", Key: key}, Given: []string{"something else"}, At: at})
		}
	}
}
