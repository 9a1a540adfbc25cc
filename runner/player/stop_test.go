package player

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestCancelStopsARunInTheMiddle(t *testing.T) {
	t.Parallel()
	lesson, values := find(t, "tasks", "a=1h", "b=1h")
	c, err := ours().Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, []string{"sequential", "concurrent"})})
	if err != nil {
		t.Fatal(err)
	}
	for i, sleepers := range []int{1, 2} {
		waitFor(t, func() bool { return sleeping(c.Runs[i]) == sleepers })
	}
	c.Cancel()
	c.Wait()
	for _, run := range c.Runs {
		s := run.Status()
		if s.Phase != Ended || s.Err != "stopped" || s.ExitCode == 0 || s.Elapsed <= 0 {
			t.Errorf("phase %d, error %q, exit code %d, elapsed %v", s.Phase, s.Err, s.ExitCode, s.Elapsed)
		}
		lane := run.Timeline.Snapshot()[0]
		last := lane.Span(lane.Len() - 1)
		if last.Reason() != "sleep" || last.End > s.Elapsed {
			t.Errorf("lane %s ends with %v %q until %v; want sleep until it was stopped", lane.Name, last.State, last.Reason(), last.End)
		}
	}
}

// sleeping is how many lanes of a run sleep, as far as it is known yet.
func sleeping(run *Run) (n int) {
	for _, lane := range run.Timeline.Snapshot() {
		if k := lane.Len(); k > 0 && lane.Span(k-1).Reason() == "sleep" {
			n++
		}
	}
	return n
}

func TestCancelBeforeTheStart(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := play(t, ctx, "tasks", []string{"sequential", "concurrent"}, "a=1h", "b=1h")
	for _, run := range c.Runs {
		if s := run.Status(); s.Phase != Ended || s.Err == "" {
			t.Errorf("phase %d, error %q; want ended with an error", s.Phase, s.Err)
		}
	}
}

// A child that is killed leaves its timeline up to that moment.
func TestAChildThatIsKilledLeavesItsTimeline(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("finds the child in /proc")
	}
	lesson, values := find(t, "tasks", "a=1h", "b=57m13s")
	c, err := ours().Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, []string{"sequential", "concurrent"})})
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range c.Runs {
		waitFor(t, func() bool { return len(laneNames(run)) > 0 })
	}
	pids := childrenWith(t, "b=57m13s")
	if len(pids) != 2 {
		t.Fatalf("%d children, want 2", len(pids))
	}
	for _, pid := range pids {
		process, err := os.FindProcess(pid)
		if err != nil {
			t.Fatal(err)
		}
		process.Kill()
	}
	c.Wait()
	for _, run := range c.Runs {
		s := run.Status()
		if s.Err != "signal: killed" || s.ExitCode != -1 {
			t.Errorf("error %q, exit code %d; want signal: killed, -1", s.Err, s.ExitCode)
		}
		if len(laneNames(run)) == 0 {
			t.Error("no timeline is left")
		}
	}
}

// childrenWith are the processes with an argument arg.
func childrenWith(t *testing.T, arg string) (pids []int) {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		var pid int
		if _, err := fmt.Sscan(entry.Name(), &pid); err != nil {
			continue
		}
		cmdline, _ := os.ReadFile("/proc/" + entry.Name() + "/cmdline")
		if slices.Contains(strings.Split(string(cmdline), "\x00"), arg) {
			pids = append(pids, pid)
		}
	}
	return pids
}
