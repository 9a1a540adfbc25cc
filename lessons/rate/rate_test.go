package rate

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const ms = time.Millisecond

// check runs a program in virtual time, which must take want, and say that so
// many calls began in the first second, and how many were under way at most.
func check(t *testing.T, want time.Duration, early, most int, program func(context.Context) error) {
	t.Helper()
	elapsed, got := lessontest.InVirtualTime(t, program)
	if elapsed != want {
		t.Errorf("elapsed = %v, want %v", elapsed, want)
	}
	lines := []string{fmt.Sprint(early, " calls in the first second"), fmt.Sprint("at most ", most, " at once")}
	if diff := cmp.Diff(lines, got); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// How many calls begin in a second depends on how long they take.
func TestLimitedHasARateOfItsOwn(t *testing.T) {
	for _, tt := range []struct {
		jobs, limit int
		each, want  time.Duration
		early, most int
	}{
		{10, 4, 600 * ms, 1800 * ms, 8, 4},
		{10, 4, 100 * ms, 300 * ms, 10, 4},
		{100, 4, 100 * ms, 2500 * ms, 40, 4},
		{10, 4, 3 * time.Second, 9 * time.Second, 4, 4},
		{3, 4, 600 * ms, 600 * ms, 3, 3},
	} {
		t.Run(fmt.Sprint(tt.jobs, " calls of ", tt.each), func(t *testing.T) {
			check(t, tt.want, tt.early, tt.most, func(ctx context.Context) error {
				return Limited(ctx, tt.jobs, tt.limit, tt.each)
			})
		})
	}
}

// How many calls are under way at once depends on how long they take.
func TestTickedHasNoLimit(t *testing.T) {
	for _, tt := range []struct {
		jobs, rate  int
		each, want  time.Duration
		early, most int
	}{
		{10, 4, 600 * ms, 2850 * ms, 4, 3},
		{10, 4, 100 * ms, 2350 * ms, 4, 1},
		{10, 10, 780 * ms, 1680 * ms, 10, 8},
		{10, 10, time.Hour, time.Hour + 900*ms, 10, 10},
		{1, 4, 600 * ms, 600 * ms, 1, 1},
	} {
		t.Run(fmt.Sprint(tt.rate, " calls a second of ", tt.each), func(t *testing.T) {
			check(t, tt.want, tt.early, tt.most, func(ctx context.Context) error {
				return Ticked(ctx, tt.jobs, tt.rate, tt.each)
			})
		})
	}
}

// A full bucket lets nearly twice the rate go in the first second.
func TestBurstComesOnTopOfTheRate(t *testing.T) {
	for _, tt := range []struct {
		jobs, rate  int
		each, want  time.Duration
		early, most int
	}{
		{10, 4, 600 * ms, 2100 * ms, 7, 6},
		{10, 4, 100 * ms, 1600 * ms, 7, 4},
		{100, 10, 50 * ms, 9050 * ms, 19, 10},
		{3, 4, 600 * ms, 600 * ms, 3, 3},
	} {
		t.Run(fmt.Sprint(tt.jobs, " calls of ", tt.each), func(t *testing.T) {
			check(t, tt.want, tt.early, tt.most, func(ctx context.Context) error {
				return Burst(ctx, tt.jobs, tt.rate, tt.each)
			})
		})
	}
}
