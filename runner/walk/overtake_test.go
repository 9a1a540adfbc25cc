package walk

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/course"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/show"
	"gosyncio/runner/stage"
)

// walkOf is a walk through tasks that stands on a page, in a large window,
// and runs in no program.
func walkOf(t *testing.T, page int) *Walk {
	t.Helper()
	tour := NewTour(&headless{columns: 80, rows: 24}, player.New(append(os.Environ(), withoutPython)), new(progress.Journal))
	lesson, err := course.Load("tasks")
	if err != nil {
		t.Fatal(err)
	}
	w := newWalk(t.Context(), tour, lesson, "lesson")
	t.Cleanup(w.watch.Close)
	w.page = page - 1
	w.Update(tea.WindowSizeMsg{Width: 200, Height: 60})
	return w
}

// A terminal may hand over several keys at once: those behind one that quits
// the program are for nobody.
func TestKeysThatOvertakeTheEndAreForNobody(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		page       int
		first      string
		asks, then bool
	}{
		{"a question is asked", 3, "enter", true, false},
		{"the learner quits", 3, "q", false, false},
		{"back to the menu", 3, "m", false, false},
		{"something is changed", 5, "c", true, true},
	} {
		for _, key := range []string{"b", "n", "q", "m", "enter", "c", "p", "r"} {
			t.Run(tt.name+", "+key, func(t *testing.T) {
				t.Parallel()
				w := walkOf(t, tt.page)
				if tt.then { // on the stage, at the end of its runs
					w.Update(keyPress("enter"))
					w.watch.Live.Fail(errors.New("no port is free"))
				}
				if _, cmd := w.Update(keyPress(tt.first)); !quits(cmd) {
					t.Fatalf("%s does not quit", tt.first)
				}
				asks, left, live := w.ask != nil, w.left, w.watch.Live
				if _, cmd := w.Update(keyPress(key)); cmd != nil {
					t.Errorf("%s does something", key)
				}
				if asks != tt.asks || (w.ask != nil) != asks || w.left != left || w.page != tt.page-1 || w.watch.Live != live {
					t.Errorf("asks %v, left %v, page %d, stage %v", w.ask != nil, w.left, w.page+1, w.watch.Live != nil)
				}
			})
		}
	}
}

// Whoever presses p quickly and often sees the runs that were asked for last.
func TestTheRunsAskedForLastArePlayed(t *testing.T) {
	t.Parallel()
	for _, presses := range []int{2, 3, 6} {
		t.Run(fmt.Sprint(presses), func(t *testing.T) {
			t.Parallel()
			d := atPage(t, 5, headlessOptions{})
			d.toEnd("enter run")
			d.press("enter")
			d.waitFor("concurrent · Go")
			for range presses {
				d.press("p")
			}
			if shown := d.waitFor("concurrent · Go", "enter next", "r again"); strings.Contains(shown, "stopped") {
				t.Errorf("what is shown was stopped:\n%s", shown)
			}
		})
	}
}

// Runs that nobody waits for are stopped, even if they were on their way.
func TestRunsOnTheirWayAreStoppedWithTheStage(t *testing.T) {
	t.Parallel()
	w := newWatch(t.Context(), player.New(append(os.Environ(), withoutPython)), false)
	defer w.Close()
	r, err := plan.New("tasks", []string{"concurrent"}, []string{"a=1h", "b=1h"}, plan.Go)
	if err != nil {
		t.Fatal(err)
	}
	w.request = r
	w.open(stage.Options{})
	play := w.start()
	w.Leave()
	if msg := play().(show.StartedMsg); msg.Comparison != nil {
		msg.Comparison.Wait()
	}
	w.open(stage.Options{})
	play = w.start()
	msg := play().(show.StartedMsg) // and the message is lost
	w.Leave()
	msg.Comparison.Wait()
}
