package pools

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const each = 50 * time.Millisecond

func TestSequentialTakesTheSum(t *testing.T) {
	check(t, 5*time.Second, "100 jobs done one after the other", func(ctx context.Context) error {
		return Sequential(ctx, 100, each)
	})
}

func TestConcurrentTakesOneJob(t *testing.T) {
	check(t, each, "100 jobs done all at once", func(ctx context.Context) error {
		return Concurrent(ctx, 100, each)
	})
}

func TestPoolTakesAsManyRoundsAsItsSizeNeeds(t *testing.T) {
	tests := []struct{ jobs, size, rounds int }{
		{100, 4, 25},
		{100, 1, 100},
		{100, 3, 34}, // the last round has a single job
		{100, 100, 1},
		{3, 8, 1}, // some workers get nothing
		{1, 1, 1},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.jobs, " jobs, size ", tt.size), func(t *testing.T) {
			line := fmt.Sprintf("%d jobs done by a pool of %d", tt.jobs, tt.size)
			check(t, time.Duration(tt.rounds)*each, line, func(ctx context.Context) error {
				return Pool(ctx, tt.jobs, tt.size, each)
			})
		})
	}
}

func TestSizesDrawsTheTimesInProportion(t *testing.T) {
	elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Sizes(ctx, 100, each)
	})
	if want := (100 + 50 + 25 + 13 + 7 + 4 + 2) * each; elapsed != want {
		t.Errorf("elapsed = %v, want %v", elapsed, want)
	}
	want := []string{
		"size  1   5.00 s  " + strings.Repeat("█", 28),
		"size  2   2.50 s  " + strings.Repeat("█", 14),
		"size  4   1.25 s  " + strings.Repeat("█", 7),
		"size  8   0.65 s  " + strings.Repeat("█", 4),
		"size 16   0.35 s  " + strings.Repeat("█", 2),
		"size 32   0.20 s  " + strings.Repeat("█", 1),
		"size 64   0.10 s  " + strings.Repeat("█", 1),
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestSizesDrawsNoBarForNoTime(t *testing.T) {
	_, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Sizes(ctx, 100, 0)
	})
	if len(lines) != 7 || lines[0] != "size  1   0.00 s  " {
		t.Errorf("output = %q, want 7 lines without bars", lines)
	}
}

// check runs a program in virtual time, which must take want and print line.
func check(t *testing.T, want time.Duration, line string, program func(context.Context) error) {
	t.Helper()
	elapsed, lines := lessontest.InVirtualTime(t, program)
	if elapsed != want {
		t.Errorf("elapsed = %v, want %v", elapsed, want)
	}
	if diff := cmp.Diff([]string{line}, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}
