package cpubound

import (
	"context"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The results are those that Python's hashlib gives, so that they will be
// the same in both languages.
func TestBurnGivesWhatPythonGives(t *testing.T) {
	tests := []struct {
		name string
		size int
		want string
	}{
		{"job 1", 1, "13ee014f"},
		{"job 1", 1000, "d0f68b55"},
		{"job 4", 1000, "b68f42fa"},
	}
	for _, tt := range tests {
		if got := burn(tt.name, tt.size); got != tt.want {
			t.Errorf("burn(%q, %d) = %s, want %s", tt.name, tt.size, got, tt.want)
		}
	}
}

func TestSequentialReportsJobsInOrder(t *testing.T) {
	lines := lessontest.Output(t, func() {
		if err := Sequential(t.Context(), 4, 1000); err != nil {
			t.Error(err)
		}
	})
	if diff := cmp.Diff(results(4, 1000), lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// With one CPU and with all, the same results come, in any order.
func TestConcurrentReportsEveryJob(t *testing.T) {
	for _, procs := range []int{1, runtime.NumCPU()} {
		t.Run(fmt.Sprint("GOMAXPROCS ", procs), func(t *testing.T) {
			setProcs(t, procs)
			lines := lessontest.Output(t, func() {
				if err := Concurrent(t.Context(), 4, 1000); err != nil {
					t.Error(err)
				}
			})
			slices.Sort(lines)
			if diff := cmp.Diff(results(4, 1000), lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// On one CPU the hog is interrupted for the ticker, though it never waits:
// that is what asyncio's loop cannot do. How often depends on the machine.
func TestTickerIsDelayedAndNotStarved(t *testing.T) {
	setProcs(t, 1)
	lines := lessontest.Output(t, func() {
		if err := Ticker(t.Context(), 100_000); err != nil {
			t.Error(err)
		}
	})
	if len(lines) != 2 || lines[0] != "hog done" {
		t.Fatalf("output = %q, want %q and the number of ticks", lines, "hog done")
	}
	if !regexp.MustCompile(`^[1-9]\d* of [1-9]\d* ticks came in time$`).MatchString(lines[1]) {
		t.Errorf("output = %q, want at least a tick", lines[1])
	}
}

// Computing takes no virtual time, so that no variant takes any.
func TestNothingWaits(t *testing.T) {
	programs := map[string]func(context.Context) error{
		"sequential": func(ctx context.Context) error { return Sequential(ctx, 4, 1000) },
		"concurrent": func(ctx context.Context) error { return Concurrent(ctx, 4, 1000) },
		"ticker":     func(ctx context.Context) error { return Ticker(ctx, 1000) },
	}
	for name, program := range programs {
		t.Run(name, func(t *testing.T) {
			if elapsed, _ := lessontest.InVirtualTime(t, program); elapsed != 0 {
				t.Errorf("elapsed = %v, want 0s", elapsed)
			}
		})
	}
}

// results are the lines of n jobs.
func results(n, size int) []string {
	var lines []string
	for i := range n {
		name := fmt.Sprint("job ", i+1)
		lines = append(lines, fmt.Sprintf("%s: %s", name, burn(name, size)))
	}
	return lines
}

// setProcs sets GOMAXPROCS until the test ends.
func setProcs(t *testing.T, n int) {
	before := runtime.GOMAXPROCS(n)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
}
