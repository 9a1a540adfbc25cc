//go:build unix

package runner

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/progress"
)

// questions are the places in which the learner is asked something.
var questions = []struct {
	name  string
	args  []string
	done  func(*progress.State)
	reach func(*window)
	leave []string // in which of the ways is it left?
}{
	{"a prediction", nil, standsOn(3), func(w *window) {
		toLesson(w, "tasks")
		toPrediction(w)
	}, []string{"ctrl-c", "the window is closed"}},
	{"a question", []string{"review"}, missed("handle"), func(w *window) {
		w.waitFor("Question 1 of 1, from Tasks", "> A Task to await", "(pass)")
	}, []string{"ctrl-c"}},
	{"a question with several answers", []string{"review"}, missed("learn"), func(w *window) {
		w.waitFor("Question 1 of 1, from Tasks", "> [ ] A WaitGroup counts it", "[ ] You await what")
	}, []string{"ctrl-c", "a signal"}},
	{"an explanation", nil, standsOn(0), func(w *window) {
		toLesson(w, "tasks")
		toQuiz(w)
		w.press(keyEnter)
		w.waitFor("Not quite.", "> next question", "leave the rest")
	}, []string{"ctrl-c"}},
	{"what to change", nil, standsOn(5), func(w *window) {
		toLesson(w, "tasks")
		toChange(w)
	}, []string{"ctrl-c"}},
	{"a value to choose", nil, standsOn(5), func(w *window) {
		toLesson(w, "tasks")
		toChange(w)
		choose(w, "worker A")
		w.waitFor("a, how long worker A takes", "another value")
	}, []string{"ctrl-c"}},
	{"a value to type", nil, standsOn(5), func(w *window) {
		toLesson(w, "tasks")
		toChange(w)
		choose(w, "worker A")
		w.waitFor("a, how long worker A takes", "another value")
		choose(w, "another value")
		w.waitFor("> 1s_", "enter takes it")
	}, []string{"ctrl-c", "a signal", "the window is closed"}},
}

// Each question is left by Ctrl-C; by a signal and with the window, one of
// each kind: what survey asks and what the program asks itself.
func TestTerminalQuestionsAreLeft(t *testing.T) {
	t.Parallel()
	ways := map[string]func(*window){
		"ctrl-c": func(w *window) {
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
		},
		"a signal": func(w *window) {
			w.signal(syscall.SIGTERM)
			w.ends(exitInterrupted)
		},
		"the window is closed": func(w *window) {
			if state := w.hangUp(); !slices.Contains([]string{"exit status 130", "exit status 1", "signal: hangup"}, state) {
				w.t.Errorf("%q", state)
			}
			w.waitForRuns(0)
		},
	}
	for _, question := range questions {
		for _, how := range question.leave {
			t.Run(how+" in "+question.name, func(t *testing.T) {
				t.Parallel()
				o := windowOptions{columns: 120, rows: 40, args: question.args, mute: how == "a signal"}
				w := newLearner(t, question.done).open(o)
				question.reach(w)
				ways[how](w)
			})
		}
	}
}

// A question is set anew for another size of the window, and is where it was.
func TestTerminalQuestionsFollowTheWindow(t *testing.T) {
	t.Parallel()
	narrow := func(w *window, texts ...string) {
		w.t.Helper()
		w.resize(56, 12)
		w.waitUntil(fmt.Sprintf("%q in a narrow window", texts), func(screen string) bool {
			rows := strings.Split(screen, "\n")
			wide := func(row string) bool { return ansi.StringWidth(row) > 56 }
			missing := func(text string) bool { return !strings.Contains(screen, text) }
			return len(rows) <= 12 && !slices.ContainsFunc(rows, wide) && !slices.ContainsFunc(texts, missing)
		})
	}
	t.Run("the menu", func(t *testing.T) {
		t.Parallel()
		w := newLearner(t, nil).open(windowOptions{columns: 120, rows: 40})
		toMenu(w)
		w.press(keyDown, keyDown)
		w.waitFor("> 3 ")
		narrow(w, "Which lesson?", "> 3  Tasks")
		w.press("fetch")
		w.waitFor("filter: fetch  ", "> 5 ")
		w.resize(120, 40)
		w.waitFor("filter: fetch  ", "> 5  Fetching pages", "all requests in flight at once")
		w.press(keyEnter)
		w.waitFor(lessonOf(5), "q quit")
		w.press("q")
		w.ends(exitDone)
	})
	t.Run("a question with several answers, and its explanation", func(t *testing.T) {
		t.Parallel()
		w := newLearner(t, missed("learn")).open(windowOptions{columns: 120, rows: 40, args: []string{"review"}})
		w.waitFor("Question 1 of 1", "> [ ] A WaitGroup counts it", "[ ] You await what")
		w.press(" ", keyDown)
		narrow(w, "[x] A WaitGroup counts it", "> [ ] It says so on a channel")
		w.resize(120, 40)
		w.waitFor("Question 1 of 1, from Tasks", "  [x] A WaitGroup counts it", "> [ ] It says so on a channel")
		w.press(" ", keyEnter)
		shown := w.waitFor("Question 1 of 1, from Tasks: Right.", "You make the channel before you start it, and receive from it.", "> done")
		if strings.Contains(shown, "[x]") {
			t.Errorf("something of the question is left:\n%s", shown)
		}
		w.resize(50, 24)
		w.waitForMatch(`(?m)You make the channel before you[^…]*\n *[^…]*receive from it\.$`, "> done")
		w.press(keyEnter)
		if shown := w.ends(exitDone); strings.TrimSpace(shown) != "1 of 1 right" {
			t.Errorf("on the screen:\n%s", shown)
		}
	})
	t.Run("a value to type", func(t *testing.T) {
		t.Parallel()
		w := newLearner(t, standsOn(5)).open(windowOptions{columns: 160, rows: 50})
		toLesson(w, "tasks")
		toChange(w)
		choose(w, "worker A")
		w.waitFor("a, how long worker A takes", "another value")
		choose(w, "another value")
		w.waitFor("> 1s_", "enter takes it")
		narrow(w, "a, how long worker A takes", "> 1s_", "enter takes it")
		w.press(keyEnter)
		if shown := w.waitFor("what do you want to change?", "> run with these settings"); len(strings.Split(shown, "\n")) > 12 {
			t.Errorf("it does not fit:\n%s", shown)
		}
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
	})
}

// Questions fit into a small window, and look plain where they should.
func TestTerminalQuestionsFit(t *testing.T) {
	t.Parallel()
	// What the program writes for a window of that size is shown on a screen
	// that is larger, on which is seen what would not fit.
	enlarge := func(w *window, columns, rows int) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.screen.Resize(columns+100, rows+30)
	}
	fits := func(t *testing.T, shown string, columns, rows int) {
		t.Helper()
		lines := strings.Split(shown, "\n")
		if len(lines) > rows {
			t.Errorf("%d rows:\n%s", len(lines), shown)
		}
		for _, line := range lines {
			if ansi.StringWidth(line) > columns {
				t.Errorf("%d columns: %s", ansi.StringWidth(line), line)
			}
		}
	}
	t.Run("the quiz in a small window", func(t *testing.T) {
		t.Parallel()
		const columns, rows = 40, 12
		w := newLearner(t, standsOn(0)).open(windowOptions{columns: columns, rows: rows})
		toLesson(w, "tasks")
		onward(w, "enter quiz")
		enlarge(w, columns, rows)
		w.press(keyEnter)
		fits(t, w.waitFor("What does wg.Go give you back?", "> A Task to await", "  A channel with the result", "  Nothing", "  (pass)"), columns, rows)
		w.press(keyDown)
		w.waitFor("> A channel with the result")
		w.press(keyEnter)
		for {
			shown := w.waitForMatch("Not quite", `(?m)^> (more|next question)$`)
			fits(t, shown, columns, rows)
			if !strings.Contains(shown, "> more") {
				break
			}
			w.press(keyEnter)
			w.waitUntil("more", func(screen string) bool { return screen != shown })
		}
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
	})
	t.Run("a prediction without colours", func(t *testing.T) {
		t.Parallel()
		const columns, rows = 80, 24
		w := newLearner(t, standsOn(3)).open(windowOptions{columns: columns, rows: rows, environ: []string{"NO_COLOR=1"}})
		toLesson(w, "tasks")
		onward(w, "enter run")
		enlarge(w, columns, rows)
		w.press(keyEnter)
		fits(t, w.waitFor("How long does concurrent take?", "b=1s)", "> 1 s", "  2 s", "  3 s", "  (just run it)"), columns, rows)
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
		if found := styled.FindAllString(w.written(), 5); found != nil {
			t.Errorf("there are looks: %q", found)
		}
	})
}
