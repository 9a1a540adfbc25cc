//go:build unix

package runner

import (
	"os"
	"path/filepath"
	"testing"
)

// Whoever interrupts a class is told that it can go on, and what is to be kept
// of it is written when it has ended.
func TestTerminalAClassThatIsInterruptedGoesOn(t *testing.T) {
	t.Parallel()
	l := newLearner(t, nil)
	kept := filepath.Join(t.TempDir(), "monday.json")
	o := windowOptions{columns: 200, rows: 40, args: []string{"class", "tasks", "--keep", kept}}
	w := l.open(o)
	w.waitFor("Join the class", "any key closes this")
	w.press(keyCtrlC)
	w.ends(exitInterrupted)
	w.waitFor("the class has not ended: gosyncio class goes on with it; ended there with q, it is written to")
	if _, err := os.Stat(kept); err == nil {
		t.Error("a class that has not ended is written")
	}
	w = l.open(o)
	w.waitFor("This class goes on where it broke off")
	w.press("x")
	w.waitFor("tasks · page 1 of")
	w.press("q")
	w.ends(exitDone)
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
}
