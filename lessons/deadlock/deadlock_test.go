package deadlock

import (
	"slices"
	"testing"
	"time"

	"gosyncio/lessons/lessontest"
)

// What these do with a mutex cannot be in virtual time, in which a goroutine
// that waits for one is not taken to wait. So nothing here says how long
// anything takes: that is shown by who is done, and who never is.

func TestTwoThatLockInOppositeOrderAreNeverDone(t *testing.T) {
	lines := lessontest.Output(t, func() {
		if err := WithTicker(t.Context(), 10*time.Millisecond, 100*time.Millisecond); err != nil {
			t.Error(err)
		}
	})
	want := []string{"A to B has locked A", "B to A has locked B", "given up after 100ms"}
	if slices.Sort(lines[:2]); !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// Who holds nothing is soon done, and the first to hold one waits for nobody.
func TestTwoThatLockInOneOrderAreDoneOneAfterTheOther(t *testing.T) {
	lines := lessontest.Output(t, func() {
		if err := Ordered(t.Context(), time.Millisecond); err != nil {
			t.Error(err)
		}
	})
	first, second := "A to B", "B to A"
	if len(lines) > 0 && lines[0] == second+" has locked A" {
		first, second = second, first
	}
	want := []string{first + " has locked A", first + " is done", second + " has locked A", second + " is done"}
	if !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}
