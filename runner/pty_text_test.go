//go:build unix

package runner

import (
	"strings"
	"testing"

	"golang.org/x/text/width"

	"gosyncio/runner/course"
	"gosyncio/runner/terminal"
)

// Where characters of ambiguous width are drawn two columns wide none is sent
// to the terminal, and states are told apart all the same.
func TestTerminalOfAmbiguousWidth(t *testing.T) {
	t.Parallel()
	for _, environ := range []string{"LANG=ja_JP.UTF-8", terminal.WideVariable + "=1"} {
		w := newLearner(t, standsOn(shortRun)).open(windowOptions{columns: 80, rows: 24, environ: []string{environ}})
		toLesson(w, "tasks")
		w.waitFor("page 5 of", "q quit")
		onward(w, "enter run")
		w.press(keyEnter)
		w.waitFor("concurrent - Go", "# running", "enter next", "r again")
		w.press("c")
		w.waitFor("what do you want to change?", "> run with these settings")
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
		for _, r := range w.written() {
			if width.LookupRune(r).Kind() == width.EastAsianAmbiguous {
				t.Errorf("%s: %c (%U)", environ, r, r)
			}
		}
	}
}

// What is printed breaks between words, where the window's columns end.
func TestTerminalTextBreaksBetweenWords(t *testing.T) {
	t.Parallel()
	all, err := course.Entries()
	if err != nil {
		t.Fatal(err)
	}
	w := open(t, windowOptions{columns: 80, rows: 300, args: []string{"list"}})
	words := " " + strings.Join(strings.Fields(w.ends(exitDone)), " ") + " "
	for _, e := range all {
		if want := " " + e.ID + " " + e.Header.Title + ": " + e.Header.Summary + " asyncio: " + e.Header.Asyncio + " Go: "; !strings.Contains(words, want) {
			t.Errorf("no %q in:\n%s", want, words)
		}
	}
	w = open(t, windowOptions{columns: 50, rows: 100, args: []string{"doctor"}, environ: []string{withoutPython}})
	words = strings.Join(strings.Fields(w.ends(exitDone)), " ")
	for _, want := range []string{
		"there is no nosuchpython: Python code is shown, but not run",
		"two workers of 10ms each: sequential took",
		"ready: the lessons run on this machine",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in:\n%s", want, words)
		}
	}
}

// Where the cursor cannot be moved, or somebody listens, the menu is lines of
// text, and the terminal stays as it is.
func TestTerminalInLines(t *testing.T) {
	t.Parallel()
	for _, o := range []windowOptions{
		{environ: []string{"TERM=dumb"}},
		{environ: []string{"ACCESSIBLE=1"}},
		{args: []string{"--plain"}},
	} {
		o.columns, o.rows = 80, 60
		w := newLearner(t, nil).open(o)
		w.waitFor(" 1  The event loop: ", "number (enter is 1, b back, q quit):")
		w.press("tasks\n")
		w.waitFor("Tasks, lesson 3 of", "enter next, q quit")
		w.press("\x04")
		w.ends(exitDone)
		w.mu.Lock()
		if sent := string(w.screen.Written()); strings.Contains(sent, "\x1b") {
			t.Errorf("%+v: %q", o, sent)
		}
		w.mu.Unlock()
	}
}

// A room needs more than lines, which is said with what does instead.
func TestTerminalThatCannotPresent(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24, args: []string{"present", "tasks"}, environ: []string{"TERM=dumb"}})
	words := strings.Join(strings.Fields(w.ends(exitUsage)), " ")
	for _, want := range []string{"needs a terminal that can move its cursor", "gosyncio read tasks and gosyncio run tasks --plain"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in:\n%s", want, words)
		}
	}
}
