package pipelines

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

// The stages of Early never end, which is what the lesson shows.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("gosyncio/lessons/pipelines.stage.func1"))
}

const each = 100 * time.Millisecond

// stops is what the stages print, from the first to the last, and what is
// printed behind it.
func stops(stages int, behind ...string) (lines []string) {
	for n := range stages {
		lines = append(lines, fmt.Sprintf("stage %d stops", n+1))
	}
	return append(lines, behind...)
}

// check runs a program in virtual time, which must take want and print lines.
func check(t *testing.T, want time.Duration, lines []string, program func(context.Context) error) {
	t.Helper()
	elapsed, got := lessontest.InVirtualTime(t, program)
	if elapsed != want {
		t.Errorf("elapsed = %v, want %v", elapsed, want)
	}
	if diff := cmp.Diff(lines, got); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// No two stages of Chained work at the same time.
func TestChainedTakesTheSum(t *testing.T) {
	check(t, 2400*time.Millisecond, stops(3, "8 items came out"), func(ctx context.Context) error {
		return Chained(ctx, 8, 3, each)
	})
}

// The first item passes all stages, and each other is a step behind.
func TestPipelineTakesAWave(t *testing.T) {
	for _, tt := range []struct{ items, stages, steps int }{
		{8, 3, 10},
		{8, 1, 8},
		{1, 3, 3},
		{2, 5, 6},
	} {
		t.Run(fmt.Sprint(tt.items, " items, ", tt.stages, " stages"), func(t *testing.T) {
			came := fmt.Sprint(tt.items, " items came out")
			check(t, time.Duration(tt.steps)*each, stops(tt.stages, came), func(ctx context.Context) error {
				return Pipeline(ctx, tt.items, tt.stages, each)
			})
		})
	}
}

// All wait for the slowest stage, and one that is faster than the others
// spares its own time, once.
func TestSlowStageSetsThePace(t *testing.T) {
	for _, tt := range []struct{ slow, want time.Duration }{
		{3 * each, 26 * each},
		{each, 10 * each},
		{0, 9 * each},
	} {
		t.Run(tt.slow.String(), func(t *testing.T) {
			check(t, tt.want, stops(3, "8 items came out"), func(ctx context.Context) error {
				return SlowStage(ctx, 8, 3, each, tt.slow)
			})
		})
	}
}

// The members of a team work at the same time, and one stage is as fast as the
// others if there are enough of them.
func TestWidenedSharesTheSlowStage(t *testing.T) {
	for _, tt := range []struct {
		stages, size int
		want         time.Duration
	}{
		{3, 3, 12 * each},
		{3, 100, 12 * each},
		{3, 1, 26 * each},
		{3, 2, 15 * each}, // pairs, a step apart, every three steps
		{1, 2, 12 * each}, // all items are there from the start
	} {
		t.Run(fmt.Sprint(tt.stages, " stages, a team of ", tt.size), func(t *testing.T) {
			check(t, tt.want, stops(tt.stages, "8 items came out"), func(ctx context.Context) error {
				return Widened(ctx, 8, tt.stages, tt.size, each, 3*each)
			})
		})
	}
}

// stuck is how many stages of Early wait to send.
func stuck() (n int) {
	stacks := make([]byte, 1<<22)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		head, rest, _ := strings.Cut(stack, "\n")
		if strings.Contains(head, "[chan send") && strings.HasPrefix(rest, "gosyncio/lessons/pipelines.handle(") {
			n++
		}
	}
	return n
}

// Each stage goes one item further than the next, and stays there.
func TestEarlyLeavesItsStages(t *testing.T) {
	const each, report = 5 * time.Millisecond, 200 * time.Millisecond
	for _, tt := range []struct{ items, stages, take, in, left int }{
		{8, 3, 3, 6, 3},
		{4, 3, 3, 4, 1}, // only the last stage still has an item
		{3, 3, 3, 3, 0},
		{2, 2, 5, 2, 0}, // there are fewer than the reader takes
	} {
		t.Run(fmt.Sprint(tt.items, " items, ", tt.take, " taken"), func(t *testing.T) {
			before := stuck()
			lines := lessontest.Output(t, func() {
				if err := Early(t.Context(), tt.items, tt.stages, tt.take, each, report); err != nil {
					t.Error(err)
				}
			})
			if left := stuck() - before; left != tt.left {
				t.Errorf("%d stages are left, want %d", left, tt.left)
			}
			want := stops(tt.stages-tt.left, fmt.Sprint(min(tt.take, tt.items), " items came out"), fmt.Sprint(tt.in, " items went in"))
			slices.Sort(lines)
			slices.Sort(want)
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// All stages stop, and InVirtualTime finds nothing left.
func TestCancelledStopsItsStages(t *testing.T) {
	for _, tt := range []struct{ items, stages, take, steps int }{
		{8, 3, 3, 5},
		{8, 1, 1, 1},
		{3, 3, 3, 5},
		{2, 2, 5, 3}, // there are fewer than the reader takes
		{40, 20, 1, 20},
	} {
		t.Run(fmt.Sprint(tt.items, " items, ", tt.stages, " stages, ", tt.take, " taken"), func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return Cancelled(ctx, tt.items, tt.stages, tt.take, each, time.Second)
			})
			if want := time.Duration(tt.steps)*each + time.Second; elapsed != want {
				t.Errorf("elapsed = %v, want %v", elapsed, want)
			}
			want := stops(tt.stages, fmt.Sprint(min(tt.take, tt.items), " items came out"))
			slices.Sort(lines) // who stops first is not determined
			slices.Sort(want)
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}
