//go:build unix

package runner

import (
	"fmt"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"gosyncio/lessons"
)

// The places in which a learner can be. Each function goes there from the
// program's start.

func toMenu(w *window) {
	w.t.Helper()
	w.waitFor("Which lesson?", "> 1", "  Quit")
}

func toPage(w *window, page int) {
	w.t.Helper()
	toMenu(w)
	w.press("tasks")
	w.waitFor("filter: tasks", "> 3")
	w.press(keyEnter)
	w.waitFor("page 1 of", "q quit")
	for i := 2; i <= page; i++ {
		w.press("n")
		w.waitFor(fmt.Sprintf("page %d of", i), "q quit")
	}
}

// printed matches what the workers of tasks print, as early and as late as
// one looks; and nextKey the key that leads on from a run that goes on, or
// is over by then, for a test may be kept waiting longer than a run takes.
const (
	printed = `[AB] (started|finished)`
	nextKey = `(n|enter) next `
)

// toRun goes to a run of two workers that takes 3 seconds.
func toRun(w *window) {
	w.t.Helper()
	toPage(w, 3)
	w.waitFor("enter run")
	w.press(keyEnter)
	w.waitFor("How long does concurrent take?", "(just run it)")
	w.press(keyEnter)
	w.waitForMatch("sequential · Go", "concurrent · Go", printed)
}

// toEnd goes to a run of one second, and waits for its end.
func toEnd(w *window) {
	w.t.Helper()
	toPage(w, 5)
	w.waitFor("enter run")
	w.press(keyEnter)
	w.waitFor("concurrent · Go", "enter next", "r again")
}

var places = []struct {
	name  string
	reach func(*window)
}{
	{"in the menu", toMenu},
	{"on a page", func(w *window) { toPage(w, 1) }},
	{"in a run", toRun},
	{"after a run", toEnd},
}

// lessonsDone is how the menu counts the lessons that are done.
func lessonsDone(n int) string { return fmt.Sprintf("%d of %d done", n, len(lessons.All())) }

// lessonOf is lesson n as the head of its pages counts it.
func lessonOf(n int) string { return fmt.Sprintf("lesson %d of %d", n, len(lessons.All())) }

func TestTerminalWalkThroughALessonWithEnterAlone(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24})
	toMenu(w)
	w.press(keyDown, keyDown)
	w.waitFor("> 3 ")
	w.press(keyEnter)
	shown := w.waitFor("Tasks", lessonOf(3)+" · page 1 of 8", "enter next")

	var pages, runs []string
	questions := map[string]bool{}
	asked := regexp.MustCompile(`question \d of 5`)
	// A step is there when what is drawn last is: of a question the last choice.
	step := regexp.MustCompile(`q quit|> 4 |\(just run it\)|\(pass\)|\[ \] You await what|leave the rest for later|> go on`)
	position := regexp.MustCompile(`page (\d) of 8`)
	for !strings.Contains(shown, "Which lesson?") {
		seen := position.FindStringSubmatch(shown)
		switch {
		case seen != nil:
			if len(pages) == 0 || pages[len(pages)-1] != seen[1] {
				pages = append(pages, seen[1])
			}
		case strings.Contains(shown, "Tasks, question"), strings.Contains(shown, "(just run it)"):
			explained := strings.Contains(shown, "> next question") || strings.Contains(shown, "> go on")
			questions[fmt.Sprint(asked.FindString(shown), explained)] = true
		case !strings.Contains(shown, "What you saw"):
			t.Fatalf("this is no page and no question:\n%s", shown)
		}
		if strings.Contains(shown, "concurrent · Go") {
			shown = w.waitFor("enter next", "r again")
			runs = append(runs, shown)
		}
		before := shown
		w.press(keyEnter)
		shown = w.waitUntil("next step", func(screen string) bool {
			return above(screen) != above(before) && step.MatchString(screen)
		})
	}
	if len(questions) != 1+2*5 { // a prediction; each question of the quiz, and its answer
		t.Errorf("%d questions: %v", len(questions), questions)
	}
	if got := strings.Join(pages, ""); got != "12345678" {
		t.Errorf("pages %s", got)
	}
	if len(runs) != 2 {
		t.Fatalf("%d runs:\n%s", len(runs), strings.Join(runs, "\n\n"))
	}
	for _, want := range []string{`(?s)sequential · Go.* \d+\.\d\d s.*concurrent · Go.* \d+\.\d\d s.*(faster|slower)`, `A ▏░+`, `B ▏ +░+`, `A finished after 2s`} {
		if !regexp.MustCompile(want).MatchString(runs[0]) {
			t.Errorf("no %s in\n%s", want, runs[0])
		}
	}

	// The next lesson is the one to choose now.
	w.waitFor("> 4 ")
	w.press("quit")
	w.waitForMatch("filter: quit", "(?m)^> +Quit")
	w.press(keyEnter)
	w.ends(exitDone)
}

func TestTerminalTypingInTheMenuFilters(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24})
	toMenu(w)
	w.press("gat")
	shown := w.waitFor("filter: gat", "Gather")
	if strings.Contains(shown, "Tasks") {
		t.Errorf("not filtered:\n%s", shown)
	}
	w.press("\x7f", "\x7f", "\x7f")
	w.waitFor("type to filter", "Tasks", "Quit")
	w.press("nosuch")
	w.waitFor("nothing matches")
	w.press(keyEnter, "\x15")
	w.waitFor("type to filter", "Tasks", "Quit")
	w.press("fetch")
	w.waitFor("> 5")
	w.press(keyEnter)
	w.waitFor(lessonOf(5) + " · page 1 of")
	w.press("q")
	w.ends(exitDone)
}

func TestTerminalCtrlCLeavesAtOnce(t *testing.T) {
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 120, rows: 40, mute: true})
			place.reach(w)
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
		})
	}
}

func TestTerminalCtrlCRightAtTheStart(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"run", "tasks"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 120, rows: 40, args: args, mute: true}) // an answer may come too late
			w.wait("first output", func() bool { return len(w.screen.Written()) > 0 })
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
		})
	}
}

func TestTerminalQQuits(t *testing.T) {
	for _, place := range places[1:] {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 80, rows: 24})
			place.reach(w)
			w.press("q")
			w.ends(exitDone)
		})
	}
}

func TestTerminalMLeadsBackToTheMenu(t *testing.T) {
	for _, place := range places[1:] {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 80, rows: 24})
			place.reach(w)
			w.press("m")
			w.waitFor("> 3 ", "  Quit")
			w.waitForRuns(1)
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
		})
	}
}

func TestTerminalBLeadsBack(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24})
	toPage(w, 2)
	w.press("b")
	w.waitFor("page 1 of", "Two workers")
	w.press("b") // there is nothing before the first
	w.press("n", "n")
	w.waitFor("page 3 of", "enter run")
	w.press(keyEnter)
	w.waitFor("(just run it)")
	w.press(keyEnter)
	w.waitForMatch("sequential · Go", printed)
	w.press("b")
	w.waitFor("page 3 of", "enter run")
	w.waitForRuns(1)
	w.press("b")
	w.waitFor("page 2 of")
	w.press(keyCtrlC)
	w.ends(exitInterrupted)
}

func TestTerminalSignalsEndTheProgram(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		for _, place := range places {
			t.Run(signal.String()+" "+place.name, func(t *testing.T) {
				t.Parallel()
				w := open(t, windowOptions{columns: 120, rows: 40, mute: true})
				place.reach(w)
				w.signal(signal)
				w.ends(exitInterrupted)
			})
		}
	}
}

func TestTerminalPanicInTheMainGoroutine(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24, program: "panics in main"})
	w.ends(exitFailed)
	if written := w.written(); !strings.Contains(written, "internal error: as the test wants it") || !strings.Contains(written, "panicsInMain") {
		t.Errorf("it does not say so:\n%s", written)
	}
}

func TestTerminalPanicInAModel(t *testing.T) {
	for _, place := range []struct {
		name  string
		reach func(*window)
	}{
		{"on a page", func(w *window) { w.waitFor("page 1 of", "q quit") }},
		{"in a run", func(w *window) {
			w.waitFor("page 1 of", "q quit")
			w.press("n", "n", "n", "n") // to the run that nothing is asked about
			w.waitFor("page 5 of", "enter run")
			w.press(keyEnter)
			w.waitForMatch("concurrent · Go", printed)
		}},
	} {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 120, rows: 40, program: "panics in Update"})
			place.reach(w)
			w.press("!")
			w.ends(exitFailed)
			if written := w.written(); !strings.Contains(written, "as the test wants it") || !strings.Contains(written, "bomb") {
				t.Errorf("it does not say so:\n%q", written)
			}
		})
	}
}

func TestTerminalNoChildOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 120, rows: 40, args: runForever, mute: true})
	w.waitForRuns(1 + 2)
	w.signal(syscall.SIGKILL)
	w.waitForRuns(0)
}
