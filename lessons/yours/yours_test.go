package yours

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

// The workers of Script never end, which is what the lesson shows.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("gosyncio/lessons/yours.worker"))
}

// idle is how many workers of Script wait for a job.
func idle() (n int) {
	stacks := make([]byte, 1<<22)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if head, rest, _ := strings.Cut(stack, "\n"); strings.Contains(head, "[chan receive") && strings.HasPrefix(rest, "gosyncio/lessons/yours.worker(") {
			n++
		}
	}
	return n
}

// All jobs are done and all results reported, and no worker stops.
func TestScriptLeavesItsWorkers(t *testing.T) {
	const workers, jobs = 3, 9
	before := idle()
	lines := lessontest.Output(t, func() {
		if err := Script(t.Context(), workers, jobs, time.Millisecond); err != nil {
			t.Error(err)
		}
	})
	if diff := cmp.Diff([]string{"9 results reported"}, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
	for deadline := time.Now().Add(time.Minute); idle() != before+workers; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("%d workers wait for a job, %d did before", idle(), before)
		}
	}
}

// The queue is closed before the first job is done, and no job is lost.
func TestClosedDoesAllJobsAndStopsItsWorkers(t *testing.T) {
	const wait = time.Second
	for _, tt := range []struct{ workers, jobs, rounds int }{
		{3, 9, 3},
		{3, 10, 4}, // the last round has a single job
		{1, 4, 4},
		{4, 1, 1}, // some workers get nothing
	} {
		t.Run(fmt.Sprint(tt.workers, " workers, ", tt.jobs, " jobs"), func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return Closed(ctx, tt.workers, tt.jobs, wait)
			})
			if want := time.Duration(tt.rounds+1) * wait; elapsed != want {
				t.Errorf("elapsed = %v, want %v", elapsed, want)
			}
			var want []string
			for n := range tt.workers {
				want = append(want, fmt.Sprintf("worker %d stops", n+1))
			}
			want = append(want, fmt.Sprint(tt.jobs, " results reported"))
			slices.Sort(lines[:min(tt.workers, len(lines))]) // who stops first is not determined
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}
