//go:build unix

package runner

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// runTasks is a run of tasks that is over soon, and runForever one that is
// not over before the test is.
var (
	runTasks   = []string{"run", "tasks", "--set", "a=60ms", "--set", "b=30ms"}
	runForever = []string{"run", "tasks", "--set", "a=1h"}
)

func TestTerminalRunLeavesItsLastFrame(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ columns, rows, history int }{{120, 40, 0}, {80, 24, 23}} {
		t.Run(fmt.Sprintf("%d×%d after %d lines", size.columns, size.rows, size.history), func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: size.columns, rows: size.rows, args: runTasks, history: size.history})
			w.waitFor("sequential · Go", "concurrent · Go", "enter done", "r again")

			lookFor(w, `time\.Sleep\(d\)`)
			w.press(keyEsc)
			w.waitUntil("end of looking", func(screen string) bool { return !strings.Contains(screen, "▲") })
			w.press(keyRight)
			w.waitFor("▲")
			w.press("r")
			w.waitUntil("second run", func(screen string) bool {
				return !strings.Contains(screen, "▲") && strings.Contains(screen, "enter done")
			})
			w.press(keyEnter)
			checkLastFrame(t, w, size.history)
		})
	}
}

func TestTerminalRunWithoutKeyboardEndsByItself(t *testing.T) {
	t.Parallel()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	w := open(t, windowOptions{columns: 80, rows: 24, args: runTasks, input: null})
	checkLastFrame(t, w, 0)
	if written := w.written(); !strings.Contains(written, "\x1b[?25l") {
		t.Errorf("that was no live view: %q", written)
	}
}

// checkLastFrame waits for the end of runTasks and checks what stays.
func checkLastFrame(t *testing.T, w *window, history int) {
	t.Helper()
	shown := w.ends(exitDone)
	for _, want := range []string{"sequential · Go", "concurrent · Go", "A finished after 60ms", "B finished after 30ms", "█ running"} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in\n%s", want, shown)
		}
	}
	for _, unwanted := range []string{"quit", "enter", "again"} {
		if strings.Contains(shown, unwanted) {
			t.Errorf("%q stays in\n%s", unwanted, shown)
		}
	}
	if n := strings.Count(shown, "█ running"); n != 1 {
		t.Errorf("%d frames in\n%s", n, shown)
	}
	above := fmt.Sprintf("history %d\n tasks", history)
	if history > 0 && !strings.Contains(shown, above) && !strings.HasPrefix(shown, " tasks") {
		t.Errorf("what stood above is not there any more:\n%s", shown)
	}
}

func TestTerminalCtrlCEndsARun(t *testing.T) {
	t.Parallel()
	going := func(w *window) {
		w.waitFor("sequential · Go", "A started", "q quit")
		w.waitForRuns(1 + 2)
	}
	for _, c := range []struct {
		name string
		args []string
		wait func(*window)
	}{
		{"live", runForever, going},
		{"plain", append(slices.Clip(runForever), "--plain"), func(w *window) { w.waitFor("A started") }},
		{"json", append(slices.Clip(runForever), "--json"), func(w *window) { w.waitForRuns(1 + 2) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 80, rows: 24, args: c.args})
			c.wait(w)
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
		})
	}
}

func TestTerminalRunThatIsQuitStopsItsChildren(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24, args: runForever})
	w.waitFor("sequential · Go", "A started", "q quit")
	w.press("q")
	w.wait("end of the program", func() bool { return w.ended })
	if left := w.processes(); left != nil {
		t.Errorf("left: %q", left)
	}
	w.ends(exitDone)
}

// sideBySide is how two timelines stand in a wide window, with their axes;
// stacked in a narrow one.
const (
	sideBySide = `(?m)^ sequential · Go +concurrent · Go$(?s:.*)^ +╵0\S+ .* +╵0\S+ .*$`
	stacked    = `(?m)^ sequential · Go  .*$(?s:.*)^ concurrent · Go  .*$`
)

func TestTerminalResized(t *testing.T) {
	t.Parallel()
	// there resizes the window, to a narrow one and one that is too small,
	// and back: then all is as before.
	thereAndBack := func(w *window, small string) {
		w.t.Helper()
		before := w.settled()
		w.resize(80, 24)
		w.waitUntil("narrow screen", func(screen string) bool {
			return screen != before && strings.Contains(screen, "enter")
		})
		w.resize(30, 8)
		w.waitFor(small)
		w.resize(120, 40)
		w.waitUntil("same screen as before:\n"+before+"\n", func(screen string) bool { return screen == before })
	}
	t.Run("a page", func(t *testing.T) {
		t.Parallel()
		w := onPage.open(t, windowOptions{columns: 120, rows: 40})
		thereAndBack(w, "enter more")
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
	})
	t.Run("the end of a walk's run", func(t *testing.T) {
		t.Parallel()
		w := atEnd.open(t, windowOptions{columns: 120, rows: 40})
		thereAndBack(w, "too small")
		w.press("q")
		w.ends(exitDone)
	})
	t.Run("a run that goes on", func(t *testing.T) {
		t.Parallel()
		w := open(t, windowOptions{columns: 120, rows: 40, args: runForever})
		w.waitForMatch(sideBySide, printed)
		w.resize(80, 24)
		w.waitForMatch(stacked)
		w.resize(30, 8)
		w.waitFor("too small")
		w.resize(120, 40)
		w.waitForMatch(sideBySide)
		w.press("q")
		checkFrames(t, w.ends(exitDone))
	})
	t.Run("the end of a run", func(t *testing.T) {
		t.Parallel()
		w := open(t, windowOptions{columns: 120, rows: 40, args: runTasks})
		w.waitForMatch(sideBySide, "enter done")
		thereAndBack(w, "too small")
		w.press(keyEnter)
		checkFrames(t, w.ends(exitDone))
	})
}

// checkFrames checks that no more than one frame is left.
func checkFrames(t *testing.T, shown string) {
	t.Helper()
	if n := strings.Count(shown, "█ running"); n > 1 {
		t.Errorf("%d frames are left:\n%s", n, shown)
	}
}

// Python runs beside Go in a real window, too. What there is more to it the
// walk's own tests know.
func TestTerminalPythonBesideGo(t *testing.T) {
	t.Parallel()
	python := needPython(t)
	w := open(t, windowOptions{columns: 140, rows: 40, args: append(slices.Clip(runTasks), "--with", "both"), environ: []string{python}})
	w.waitForMatch(`(?m)^ sequential · Python +sequential · Go$(?s:.*)^ concurrent · Python +concurrent · Go$(?s:.*)^ +╵0\S+ .* +╵0\S+ .*$`, "enter done")
	lookFor(w, `await a.*time\.Sleep\(d\)`)
	w.press(keyEnter)
	w.ends(exitDone)
}

// lookFor looks back through the time of a run, from where the cursor first
// stands, until the expression matches.
func lookFor(w *window, expression string) {
	w.t.Helper()
	wanted := regexp.MustCompile(expression)
	w.press(keyRight)
	for shown := w.waitFor("▲"); !wanted.MatchString(shown); {
		if strings.Contains(shown, " at 0 s") {
			w.t.Fatalf("no match of %q:\n%s", expression, shown)
		}
		w.press(keyLeft)
		shown = w.waitUntil("move of the cursor", func(screen string) bool { return screen != shown })
	}
}

// styled finds what sets a colour or any other look.
var styled = regexp.MustCompile(`\x1b\[[0-9;:]*[1-9][0-9;:]*m`)

func TestTerminalWithoutColours(t *testing.T) {
	t.Parallel()
	allColours := []string{"COLORTERM=truecolor", "CLICOLOR_FORCE=1"}
	noColour := "NO_COLOR=1"
	walks := func(t *testing.T, o windowOptions) *window {
		w := atEnd.open(t, o)
		lookFor(w, `time\.Sleep\(d\)`)
		w.press("q")
		return w
	}
	runs := func(t *testing.T, o windowOptions) *window {
		o.args = append(slices.Clip(runTasks), o.args...)
		w := open(t, o)
		w.waitFor("enter done")
		lookFor(w, `time\.Sleep\(d\)`)
		w.press(keyEnter)
		return w
	}
	for _, c := range []struct {
		name    string
		args    []string
		environ []string
		show    func(*testing.T, windowOptions) *window
	}{
		{"NO_COLOR", nil, []string{noColour}, runs},
		{"NO_COLOR and a terminal of all colours", nil, append(slices.Clip(allColours), noColour), walks},
		{"--no-color", []string{"--no-color"}, nil, runs},
		{"--no-color and a terminal of all colours", []string{"--no-color"}, allColours, walks},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := c.show(t, windowOptions{columns: 120, rows: 40, args: c.args, environ: c.environ})
			w.ends(exitDone)
			if found := styled.FindAllString(w.written(), 5); found != nil {
				t.Errorf("there are looks: %q", found)
			}
		})
	}
	t.Run("with them", func(t *testing.T) { // or the above would prove nothing
		t.Parallel()
		w := open(t, windowOptions{columns: 120, rows: 40})
		toPage(w, 1)
		w.press("q")
		w.ends(exitDone)
		if !styled.MatchString(w.written()) {
			t.Error("there are no colours")
		}
	})
}
