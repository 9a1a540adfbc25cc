//go:build unix

package runner

import (
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gosyncio/lessons"
)

func toMenu(w *window) {
	w.t.Helper()
	w.waitForMatch("Which lesson.", `(?m)^> \d`, lastOfMenu)
}

// lastOfMenu matches the last line of the menu that a window of 24 rows shows
// at first, or a higher one.
const lastOfMenu = `(?m)^  (21 |Quit)`

// toPage goes to a page of tasks, from the menu, as who has read nothing.
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

// The pages of tasks that run something: two workers for 3 seconds, about
// which something is asked, and for one second, about which nothing is.
const (
	longRun  = 3
	shortRun = 5
)

// intoRun starts the long run, from its page.
func intoRun(w *window) {
	w.t.Helper()
	w.press(keyEnter)
	w.waitFor("How long does concurrent take?", "(just run it)")
	w.press(keyEnter)
	w.waitForMatch("sequential · Go", "concurrent · Go", printed)
}

// intoEnd starts the short run, from its page, and waits for its end.
func intoEnd(w *window) {
	w.t.Helper()
	w.press(keyEnter)
	w.waitFor("concurrent · Go", "enter next", "r again")
}

// A place is one in which a learner can be.
type place struct {
	name string
	page int           // of tasks, where the learner has left it
	into func(*window) // what is on that page; nil is the page itself
}

var (
	inMenu = place{name: "in the menu"}
	onPage = place{name: "on a page", page: 2}
	inRun  = place{name: "in a run", page: longRun, into: intoRun}
	atEnd  = place{name: "after a run", page: shortRun, into: intoEnd}
	places = []place{inMenu, onPage, inRun, atEnd}
)

// open opens a window in which the learner is at that place.
func (p place) open(t *testing.T, o windowOptions) *window {
	t.Helper()
	if p.page == 0 {
		w := newLearner(t, nil).open(o)
		toMenu(w)
		return w
	}
	w := newLearner(t, standsOn(p.page)).open(o)
	toLesson(w, "tasks")
	w.waitFor(fmt.Sprintf("page %d of", p.page), "q quit")
	if p.into != nil {
		onward(w, "enter run")
		p.into(w)
	}
	return w
}

// lessonOf is lesson n as the head of its pages counts it.
func lessonOf(n int) string { return fmt.Sprintf("lesson %d of %d", n, len(lessons.All())) }

// Who comes for the first time sees a run first, and any key leaves it.
func TestTerminalTheFirstRun(t *testing.T) {
	t.Parallel()
	l := learner{t, filepath.Join(t.TempDir(), "new", "progress.json")}
	w := l.open(windowOptions{columns: 80, rows: 24})
	w.waitFor("Go concurrency for people who know Python's asyncio.", "How long does concurrent take?", "(straight to the menu)")
	w.press(keyDown, keyEnter)
	w.waitForMatch("sequential · Go", "concurrent · Go", "◆ you said 2 s", printed)
	w.press(keyEsc)
	toMenu(w)
	w.press("quit", keyEnter)
	w.ends(exitDone)
	if state := l.state(); state.Welcomed.IsZero() || len(state.Predictions) != 1 {
		t.Errorf("kept is %+v", state)
	}
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
	w.waitForMatch("type to filter", "Tasks", lastOfMenu)
	w.press("nosuch")
	w.waitFor("nothing matches")
	w.press(keyEnter, "\x15")
	w.waitForMatch("type to filter", "Tasks", lastOfMenu)
	w.press("fetch")
	w.waitFor("> 5")
	w.press(keyEnter)
	w.waitFor(lessonOf(5)+" · page 1 of", "q quit")
	w.press("m")
	w.waitForMatch("Which lesson.", "(?m)^> 5")
	w.press("uit")
	w.waitForMatch("filter: uit", "(?m)^> +Quit")
	w.press(keyEsc)
	w.waitForMatch("type to filter", "(?m)^> 5") // where it stood
	w.press("uit")
	w.waitForMatch("filter: uit", "(?m)^> +Quit")
	w.press(keyEnter)
	w.ends(exitDone)
}

// With nothing typed q and Esc leave the menu.
func TestTerminalTheMenuIsLeft(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"q", keyEsc} {
		w := open(t, windowOptions{columns: 80, rows: 24})
		toMenu(w)
		w.press(key)
		w.ends(exitDone)
	}
}

func TestTerminalCtrlCLeavesAtOnce(t *testing.T) {
	t.Parallel()
	for _, place := range []place{inMenu, onPage, inRun} {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := place.open(t, windowOptions{columns: 120, rows: 40, mute: true})
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

// A run that is left, whichever way, leaves no process behind.
func TestTerminalARunThatIsLeftStopsItsChildren(t *testing.T) {
	t.Parallel()
	w := inRun.open(t, windowOptions{columns: 80, rows: 24})
	w.press("b")
	w.waitFor(fmt.Sprintf("page %d of", longRun), "enter run")
	w.waitForRuns(1)
	again := func() {
		w.press(keyEnter) // what was asked before is not asked again
		w.waitForMatch("sequential · Go", printed)
	}
	again()
	w.press("n")
	w.waitFor(fmt.Sprintf("page %d of", longRun+1), "q quit")
	w.waitForRuns(1)
	w.press("b")
	onward(w, "enter run")
	again()
	w.press("m")
	w.waitForMatch("> 3 ", lastOfMenu)
	w.waitForRuns(1)
	w.press(keyEnter)
	w.waitFor(fmt.Sprintf("page %d of", longRun), "q quit")
	onward(w, "enter run")
	again()
	w.press("q")
	w.ends(exitDone)
}

func TestTerminalSignalsEndTheProgram(t *testing.T) {
	t.Parallel()
	try := func(signal syscall.Signal, place place) {
		t.Run(signal.String()+" "+place.name, func(t *testing.T) {
			t.Parallel()
			w := place.open(t, windowOptions{columns: 120, rows: 40, mute: true})
			w.signal(signal)
			w.ends(exitInterrupted)
		})
	}
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		try(signal, inRun)
	}
	for _, place := range []place{inMenu, onPage, atEnd} {
		try(syscall.SIGTERM, place)
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

// A program that does not end when a signal asks for it is ended, and the
// terminal is as before.
func TestTerminalOfAProgramThatNeverEnds(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24, program: "never ends"})
	w.waitFor("it never ends")
	w.signal(syscall.SIGTERM)
	w.ends(exitInterrupted)
}

func TestTerminalPanicInAModel(t *testing.T) {
	t.Parallel()
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
