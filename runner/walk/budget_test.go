//go:build unix

package walk

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
	"gosyncio/runner/termtest"
)

// against reports a figure, and the budget that it should not exceed.
func against(b *testing.B, figure, budget float64, unit string) {
	b.ReportMetric(figure, unit)
	b.ReportMetric(budget, unit+"-budget")
	b.ReportMetric(0, "ns/op") // the benchmark's own time says nothing
}

// watcher is a terminal that notes when the name of a lane is first to be
// seen on it.
type watcher struct {
	screen *termtest.Screen
	label  *regexp.Regexp
	seen   map[string]time.Time
}

func (w *watcher) Write(p []byte) (int, error) {
	// Without a keyboard the terminal is not raw: a newline starts a line.
	w.screen.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	now := time.Now()
	for _, row := range w.screen.Rows() {
		if name := w.label.FindString(row); name != "" && w.seen[name].IsZero() {
			w.seen[name] = now
		}
	}
	return len(p), nil
}

// asked is a run in Go with settings, checked.
func asked(b *testing.B, lesson, variant string, set ...string) plan.Request {
	b.Helper()
	r, err := plan.New(lesson, []string{variant}, set, plan.Go)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// shown plays a run live in the scrollback of a terminal that writes to w, to
// its end.
func shown(b *testing.B, r plan.Request, w io.Writer) player.Snapshot {
	b.Helper()
	watch := newWatch(b.Context(), player.New(os.Environ()), true)
	defer watch.Close()
	watch.request = r
	watch.open(stage.Options{})
	program := tea.NewProgram(&scrollback{watch: watch, alone: true}, tea.WithInput(nil), tea.WithOutput(w), tea.WithWindowSize(120, 40),
		tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	if _, err := program.Run(); err != nil {
		b.Fatal(err)
	}
	if failed := watch.Live.Failed(); failed != "" {
		b.Fatal(failed)
	}
	return watch.Live.Snapshot()
}

// A lane appears on the screen when its first event has been drawn: from
// the moment at which the child's tracer noted it to the write.
func BenchmarkBudgetEventToDrawn(b *testing.B) {
	var delays []time.Duration
	for b.Loop() {
		w := &watcher{termtest.NewScreen(120, 40), regexp.MustCompile(`hello \d+`), map[string]time.Time{}}
		run := shown(b, asked(b, "coroutines", "sequential", "count=20", "delay=173ms"), w).Runs[0]
		for _, lane := range run.Lanes {
			at, ok := w.seen[lane.Name]
			if !ok {
				b.Errorf("lane %s was never drawn\n%s", lane.Name, w.screen.Text())
				continue
			}
			delays = append(delays, at.Sub(run.Status.Start.Add(lane.Span(0).Start)))
		}
	}
	slices.Sort(delays)
	against(b, float64(delays[len(delays)*95/100])/float64(time.Millisecond), 80, "ms-p95")
}

// cpuTime is what this process has used so far.
func cpuTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func BenchmarkBudgetLiveView(b *testing.B) {
	for _, of := range []struct {
		lanes  int
		budget float64
	}{{10, 5}, {1000, 25}} {
		b.Run(fmt.Sprintf("lanes=%d", of.lanes), func(b *testing.B) {
			r := asked(b, "coroutines", "concurrent", fmt.Sprint("count=", of.lanes), "delay=4s")
			var used, elapsed time.Duration
			for b.Loop() {
				before, start := cpuTime(b), time.Now()
				shown(b, r, io.Discard)
				used += cpuTime(b) - before
				elapsed += time.Since(start)
			}
			against(b, 100*float64(used)/float64(elapsed), of.budget, "%cpu")
		})
	}
}
