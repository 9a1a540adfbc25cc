package races

import (
	"fmt"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// counted wants all workers done, and then the whole sum.
func counted(t *testing.T, workers, adds int, program func() error) {
	t.Helper()
	lines := lessontest.Output(t, func() {
		if err := program(); err != nil {
			t.Error(err)
		}
	})
	var want []string
	for i := range workers {
		want = append(want, fmt.Sprintf("worker %d is done", i+1))
	}
	if len(lines) == workers+1 {
		slices.Sort(lines[:workers]) // who is done first is for the scheduler to say
	}
	want = append(want, fmt.Sprintf("counted %d of %d", workers*adds, workers*adds))
	if !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

func TestNothingIsLostWithALock(t *testing.T) {
	const workers, adds = 8, 10_000
	counted(t, workers, adds, func() error { return Mutex(t.Context(), workers, adds) })
}

func TestNothingIsLostInOneStep(t *testing.T) {
	const workers, adds = 8, 10_000
	counted(t, workers, adds, func() error { return Atomic(t.Context(), workers, adds) })
}

// One worker alone has nobody to race with: so the race detector may watch.
func TestOneWorkerAloneIsNoRace(t *testing.T) {
	counted(t, 1, 1000, func() error { return Plain(t.Context(), 1, 1000) })
	lines := lessontest.Output(t, func() {
		if err := Map(t.Context(), 1, 1000); err != nil {
			t.Error(err)
		}
	})
	if want := []string{"worker 1 is done", "counted map[0:1000]"}; !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}
