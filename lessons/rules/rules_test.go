package rules

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// In a bubble the goroutine that is left over lives on, so that it can be
// told how far it had come when the program returned.
func TestStartReturnsWhileAGoroutineIsLeft(t *testing.T) {
	var elapsed time.Duration
	var printed []byte
	lessontest.Output(t, func() {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			if err := Start(t.Context(), time.Second); err != nil {
				t.Error(err)
			}
			elapsed = time.Since(start)
			time.Sleep(time.Second - 1)
			var err error
			if printed, err = os.ReadFile(os.Stdout.Name()); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Nanosecond)
		})
	})
	if elapsed != time.Second {
		t.Errorf("elapsed = %v, want 1s", elapsed)
	}
	lines := strings.Split(strings.TrimSpace(string(printed)), "\n")
	slices.Sort(lines[:min(2, len(lines))]) // who waits first is not determined
	if diff := cmp.Diff([]string{"leftover waits", "main waits", "main goes on"}, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestAnywhereBothWaitAtOnce(t *testing.T) {
	elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Anywhere(ctx, time.Second)
	})
	if elapsed != time.Second {
		t.Errorf("elapsed = %v, want 1s", elapsed)
	}
	if len(lines) != 4 {
		t.Fatalf("output = %q, want 4 lines", lines)
	}
	slices.Sort(lines[:2]) // the order is determined neither here
	slices.Sort(lines[2:]) // nor there
	want := []string{"caller waits", "other waits", "caller goes on", "other goes on"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// Computing takes no virtual time: the caller must wait for nothing else
// than its own delay. The hash is the one that Python's hashlib gives.
func TestElsewhereTheCallerIsNotLate(t *testing.T) {
	elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Elsewhere(ctx, time.Second, 2)
	})
	if elapsed != time.Second {
		t.Errorf("elapsed = %v, want 1s", elapsed)
	}
	slices.Sort(lines[:min(2, len(lines))])
	want := []string{"caller waits", "cpu hashed 2 MiB: 5647f05e", "caller goes on"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// Without a lock some of a hundred increments are lost, on one CPU too;
// how many is not determined. The race detector has nothing to say, as
// every single read and write is atomic.
func TestSharedLosesIncrementsWithoutALock(t *testing.T) {
	const count = 100
	for _, procs := range []int{1, runtime.NumCPU()} {
		t.Run(fmt.Sprint("GOMAXPROCS ", procs), func(t *testing.T) {
			before := runtime.GOMAXPROCS(procs)
			defer runtime.GOMAXPROCS(before)
			lines := lessontest.Output(t, func() {
				if err := Shared(t.Context(), count); err != nil {
					t.Error(err)
				}
			})
			if len(lines) != 3 {
				t.Fatalf("output = %q, want 3 lines", lines)
			}
			var kept, of int
			if _, err := fmt.Sscanf(lines[0], "without a lock: %d of %d", &kept, &of); err != nil {
				t.Errorf("output = %q: %v", lines[0], err)
			}
			if kept < 1 || kept >= count || of != count {
				t.Errorf("output = %q, want fewer than %d", lines[0], count)
			}
			if diff := cmp.Diff([]string{"with a lock: 100 of 100", "in one step: 100 of 100"}, lines[1:]); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}
