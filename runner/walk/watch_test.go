package walk

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// printed matches what the workers of tasks print.
const printed = `[AB] (started|finished)`

// intoRun starts the run of page 3 of tasks, which takes 3 seconds.
func (d *headless) intoRun() {
	d.t.Helper()
	d.toEnd("enter run")
	d.press("enter")
	d.choose("(just run it)")
	d.waitForMatch("sequential · Go", "concurrent · Go", printed)
}

// intoEnd starts the run of page 5, which takes a second, and waits for its
// end.
func (d *headless) intoEnd() string {
	d.t.Helper()
	d.toEnd("enter run")
	d.press("enter")
	return d.waitFor("concurrent · Go", "enter next", "r again")
}

// In a walk Python runs beside Go, in two columns or stacked. A key switches
// it off and on, and what was chosen holds for the walk.
func TestPythonBesideGo(t *testing.T) {
	t.Parallel()
	python := withPython(t)
	for _, tt := range []struct {
		columns, rows       int
		both, withoutPython string
	}{{140, 40, twoByTwo, sideBySide}, {80, 24, allStacked, stacked}} {
		t.Run(fmt.Sprintf("%d×%d", tt.columns, tt.rows), func(t *testing.T) {
			t.Parallel()
			d := atPage(t, 3, headlessOptions{columns: tt.columns, rows: tt.rows, environ: python})
			d.intoRun()
			d.waitForMatch(tt.both)
			d.press("p") // in the middle
			d.waitForMatch(tt.withoutPython, "p Python")
			d.press("p")
			d.waitForMatch(tt.both)
			d.press("n", "n")
			d.waitFor("page 5 of")
			d.intoEnd()
			if shown := d.waitFor("concurrent · Python", "concurrent · Go", "enter next"); !strings.Contains(shown, "p Python") {
				t.Errorf("no key for Python:\n%s", shown)
			}
			d.press("p") // after the end
			d.wait("end without Python", func() bool {
				return !strings.Contains(d.frame, "· Python") && strings.Contains(d.frame, "enter next")
			})
			d.press("enter")
			d.waitFor("page 6 of")
			d.press("b")
			if shown := d.intoEnd(); strings.Contains(shown, "· Python") {
				t.Errorf("Python is on again:\n%s", shown)
			}
			d.press("q")
			if err := d.ends(); err != nil {
				t.Error(err)
			}
		})
	}
}

// Without Python the walk says so, and what to do, and runs Go.
func TestWithoutPython(t *testing.T) {
	t.Parallel()
	d := atPage(t, 5, headlessOptions{})
	d.intoEnd()
	if shown := d.waitFor("nothing in Python: there is no nosuchpython", "name a Python 3.11 or newer in GOSYNCIO_PYTHON"); strings.Contains(shown, "· Python") {
		t.Errorf("there is a run in Python:\n%s", shown)
	}
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

func TestTheStageIsResized(t *testing.T) {
	t.Parallel()
	t.Run("while its runs go on", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 3, headlessOptions{columns: 120, rows: 40, environ: withPython(t)})
		d.intoRun()
		d.resizeThereAndBack(twoByTwo, allStacked)
		d.press("q")
	})
	t.Run("after their end", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 5, headlessOptions{columns: 120, rows: 40})
		d.intoEnd()
		d.resizeThereAndBack(`concurrent · Go`, `concurrent · Go`)
		d.press("q")
	})
}

// Once the runs have ended, switching Python on runs Python alone, and off
// and on again runs nothing: what was made is shown.
func TestPythonIsAddedToWhatHasBeenRun(t *testing.T) {
	t.Parallel()
	d := atPage(t, 5, headlessOptions{columns: 140, rows: 40, environ: withPython(t)})
	d.toEnd("enter run")
	d.intoEnd()
	made := func() map[string]time.Duration {
		elapsed := map[string]time.Duration{}
		for kind, took := range d.playing().Snapshot().Elapsed() {
			elapsed[kind.Variant+" "+kind.Language.ID()] = took
		}
		return elapsed
	}
	first := made()
	for range 2 {
		before := d.playing()
		d.press("p")
		d.wait("other runs", func() bool {
			return d.model.(*Walk).watch.Current() != before && strings.Contains(d.frame, "enter next")
		})
	}
	third := made()
	for kind, took := range first {
		if third[kind] != took {
			t.Errorf("%s took %v, and now %v", kind, took, third[kind])
		}
	}
	d.press("q")
	d.ends()
	counts := map[string]int{}
	for _, run := range d.state().Runs {
		counts[run.Variant+" "+run.Language]++
	}
	for kind, n := range counts {
		if n != 1 {
			t.Errorf("%s is noted %d times", kind, n)
		}
	}
}
