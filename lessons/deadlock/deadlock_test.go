package deadlock

import (
	"bytes"
	"runtime/pprof"
	"slices"
	"strings"
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

// The leak profile names those that nobody can wake, and who waits for them,
// though there is a ticker for which another one waits.
func TestTheLeakProfileNamesTheCircle(t *testing.T) {
	leaks := pprof.Lookup("goroutineleak")
	if leaks == nil {
		t.Skip("needs Go 1.27, or GOEXPERIMENT=goroutineleakprofile")
	}
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	over := make(chan struct{})
	defer close(over)
	go func() {
		select {
		case <-ticker.C:
		case <-over:
		}
	}()
	lessontest.Output(t, func() {
		if err := WithTicker(t.Context(), 10*time.Millisecond, 100*time.Millisecond); err != nil {
			t.Error(err)
		}
	})
	var text bytes.Buffer
	if err := leaks.WriteTo(&text, 2); err != nil {
		t.Fatal(err)
	}
	transfers := 0
	for stack := range strings.SplitSeq(text.String(), "\n\n") {
		leaked := strings.Contains(stack, "(leaked)")
		switch {
		case strings.Contains(stack, "TestTheLeakProfileNamesTheCircle.func") && leaked:
			t.Errorf("who waits for a ticker is said to leak:\n%s", stack)
		case strings.Contains(stack, "deadlock.transfer(") && leaked:
			transfers++
		}
	}
	if transfers < 2 {
		t.Errorf("%d transfers are said to leak:\n%s", transfers, text.String())
	}
}
