//go:build linux

package runner

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
)

const keyCtrlZ = "\x1a"

// Wherever the learner is, Ctrl-Z and kill -TSTP leave the terminal to the
// shell, and fg brings everything back, in the window's size of then.
func TestTerminalSuspends(t *testing.T) {
	t.Parallel()
	w := newLearner(t, standsOn(shortRun)).open(windowOptions{columns: 120, rows: 40, jobs: true})
	stops := 0
	byKey := func() { w.press(keyCtrlZ) }
	byKill := func() { w.signal(syscall.SIGTSTP) }
	through := func(how func(), texts ...string) {
		w.t.Helper()
		how()
		stops++
		w.suspended(stops)
		if shown := w.text(); strings.Contains(shown, texts[0]) {
			t.Errorf("the shell's screen:\n%s", shown)
		}
		w.resume()
		w.waitFor(texts...)
	}
	toMenu(w)
	w.press("task")
	w.waitFor("filter: task")
	through(byKey, "filter: task", "> 3")
	through(byKill, "filter: task", "> 3")
	w.press(keyEnter)
	page := fmt.Sprintf("page %d of", shortRun)
	w.waitFor(page, "b back")
	through(byKey, page, "b back")
	resized := func() {
		byKill()
		w.waitForStop(stops + 1)
		w.resize(80, 24)
	}
	through(resized, page, "b back")
	onward(w, "enter run")
	w.press(keyEnter)
	w.waitForMatch("concurrent · Go", printed)
	through(byKey, "concurrent · Go", "enter next") // the run is made again, if it went on
	through(byKill, "concurrent · Go", "enter next")
	w.press("c")
	w.waitFor("what do you want to change?", "> run with these settings")
	through(byKill, "what do you want to change?", "> run with these settings")
	w.press("?")
	w.waitFor("any key closes this")
	through(byKey, "any key closes this")
	w.press("x")
	w.waitFor("what do you want to change?", "> run with these settings")
	choose(w, "worker A")
	w.waitFor("a, how long worker A takes", "another value")
	choose(w, "another value")
	w.waitFor("> 1s_", "enter takes it")
	through(byKey, "> 1s_", "enter takes it")
	w.press(keyCtrlC)
	w.ends(exitInterrupted)
}

// kill -STOP leaves no time to give the terminal back. When the program goes
// on, whatever the shell has done to the screen and to the terminal's mode, all
// is as it was, and the next key is answered.
func TestTerminalIsStoppedFromOutside(t *testing.T) {
	t.Parallel()
	w := newLearner(t, standsOn(1)).open(windowOptions{columns: 80, rows: 24, jobs: true})
	stops := 0
	through := func(text string) {
		t.Helper()
		w.signal(syscall.SIGSTOP)
		stops++
		w.waitForStop(stops)
		if err := term.Restore(w.tty.Fd(), w.before); err != nil { // as shells do
			t.Fatal(err)
		}
		const ofTheShell = "$ what the learner typed meanwhile"
		fmt.Fprint(w.tty, "\x1b[2J\x1b[H"+ofTheShell)
		w.waitFor(ofTheShell)
		w.resume()
		w.waitUntil(text+" without the shell's words", func(screen string) bool {
			return strings.Contains(screen, text) && !strings.Contains(screen, ofTheShell)
		})
	}
	toMenu(w)
	w.press("task")
	w.waitFor("filter: task")
	through("filter: task")
	w.press("s")
	w.waitFor("filter: tasks")
	w.press(keyEnter)
	w.waitFor("page 1 of", "b back")
	through("page 1 of")
	w.press("?")
	w.waitFor("any key closes this")
	w.press(keyCtrlC)
	w.ends(exitInterrupted)
}

// A job that is stopped can be killed, as kill %1 does it. What is the shell's
// by then is left alone.
func TestTerminalIsKilledWhileItIsSuspended(t *testing.T) {
	t.Parallel()
	for _, place := range []place{inMenu, onPage, inRun} {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := place.open(t, windowOptions{columns: 120, rows: 40, jobs: true})
			w.press(keyCtrlZ)
			w.suspended(1)
			written := len(w.written())
			w.signal(syscall.SIGTERM)
			w.signal(syscall.SIGCONT)
			w.ends(exitInterrupted)
			if after := w.written()[written:]; after != shellPrompt {
				t.Errorf("written to the shell's terminal: %q", after)
			}
		})
	}
}
