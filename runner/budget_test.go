//go:build unix

package runner

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime/trace"
	"slices"
	"strconv"
	"testing"
	"time"

	xtrace "golang.org/x/exp/trace"

	"gosyncio/lessons/coroutines"
	"gosyncio/runner/child"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// The benchmarks below, and those in walk, print each figure beside its budget. The command is
//
//	go test -run '^$' -bench Budget -benchtime 1x ./runner/...
//
// None of them fails when a budget is exceeded: machines differ, and a busy
// one proves nothing.

// against reports a figure, and the budget that it should not exceed (or,
// for a rate, not fall short of), both in the unit.
func against(b *testing.B, figure, budget float64, unit string) {
	b.ReportMetric(figure, unit)
	b.ReportMetric(budget, unit+"-budget")
	b.ReportMetric(0, "ns/op") // the benchmark's own time says nothing
}

// asked is a run with settings, checked.
func asked(b *testing.B, languages plan.Languages, lesson, variant string, set ...string) plan.Request {
	b.Helper()
	r, err := plan.New(lesson, []string{variant}, set, languages)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// played plays a run to its end and returns how long it took.
func played(b *testing.B, r plan.Request) time.Duration {
	b.Helper()
	c, err := player.New(os.Environ()).Play(b.Context(), r.Setup())
	if err != nil {
		b.Fatal(err)
	}
	c.Wait()
	s := c.Snapshot()
	if failed := s.Failed(); failed != "" {
		b.Fatal(failed)
	}
	return s.Runs[0].Status.Elapsed
}

// untraced is the same run without the tracer.
func untraced(r plan.Request) plan.Request {
	r.Variants = slices.Clone(r.Variants)
	r.Variants[0].Untraced = true
	return r
}

func BenchmarkBudgetTwoWorkersToLongestSleep(b *testing.B) {
	r := asked(b, plan.Go, "tasks", "concurrent")
	var total time.Duration
	for b.Loop() {
		total += played(b, r)
	}
	against(b, float64(total)/float64(b.N)/float64(2*time.Second), 1.002, "elapsed/sleep")
}

func BenchmarkBudgetTracedToUntraced(b *testing.B) {
	r := asked(b, plan.Go, "coroutines", "concurrent", "count=1000", "delay=1s")
	var traced, plain time.Duration
	for b.Loop() {
		traced += played(b, r)
		plain += played(b, untraced(r))
	}
	against(b, float64(traced)/float64(plain), 1.01, "traced/untraced")
}

// What the harness adds to a run of asyncio: how long it takes as it is shown
// against how long it takes when nothing is recorded. All tasks wait for one
// second; what they do besides, and what the harness adds, comes on top.
func BenchmarkHarness(b *testing.B) {
	if _, err := player.FindPython(b.Context(), os.Environ()); err != nil {
		b.Skip(err)
	}
	for _, tasks := range []int{1, 10_000} {
		b.Run(fmt.Sprintf("tasks=%d", tasks), func(b *testing.B) {
			r := asked(b, plan.Python, "coroutines", "concurrent", fmt.Sprint("count=", tasks), "delay=1s")
			var traced, plain time.Duration
			for b.Loop() {
				plain += played(b, untraced(r))
				traced += played(b, r)
			}
			b.ReportMetric(float64(traced)/float64(plain), "traced/untraced")
			b.ReportMetric(float64(traced-plain)/float64(b.N)/float64(time.Millisecond), "ms-added")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func BenchmarkBudgetReadTrace(b *testing.B) {
	data, events := recordTrace(b)
	var read time.Duration
	for b.Loop() {
		start := time.Now()
		var t timeline.Timeline
		own := timeline.Own{Functions: []string{"gosyncio/lessons/"}, Starters: []string{"sync."}}
		if err := t.ReadGo(bytes.NewReader(data), own, func() {}); err != nil {
			b.Fatal(err)
		}
		read += time.Since(start)
	}
	against(b, float64(events)*float64(b.N)/read.Seconds()/1e6, 2, "Mevents/s")
}

// recordTrace is the trace of a program with 100,000 goroutines, and how
// many events it has.
func recordTrace(b *testing.B) (data []byte, events int) {
	b.Helper()
	stdout := os.Stdout
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer null.Close()
	os.Stdout = null
	defer func() { os.Stdout = stdout }()
	var buf bytes.Buffer
	if err := trace.Start(&buf); err != nil {
		b.Fatal(err)
	}
	trace.Log(context.Background(), child.MarkCategory, child.MarkStart)
	err = coroutines.Concurrent(context.Background(), 100*time.Millisecond, 100_000)
	trace.Log(context.Background(), child.MarkCategory, child.MarkEnd)
	trace.Stop()
	if err != nil {
		b.Fatal(err)
	}
	reader, err := xtrace.NewReader(bytes.NewReader(buf.Bytes()))
	if err != nil {
		b.Fatal(err)
	}
	for {
		if _, err := reader.ReadEvent(); err == io.EOF {
			return buf.Bytes(), events
		} else if err != nil {
			b.Fatal(err)
		}
		events++
	}
}

// The peak, which is more than what is left after the run, of the process
// that has read the trace and shown it.
func BenchmarkBudgetMemoryAfterManyGoroutines(b *testing.B) {
	executable := buildProgram(b)
	var most int64
	for b.Loop() {
		cmd := exec.Command(executable, "run", "coroutines", "concurrent", "--set", "count=100000", "--plain")
		cmd.Stdout = io.Discard
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		var peak int64
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		for ended := false; !ended; {
			select {
			case err := <-done:
				if err != nil {
					b.Fatal(err)
				}
				ended = true
			case <-time.After(5 * time.Millisecond):
				peak = max(peak, residentPeak(cmd.Process.Pid))
			}
		}
		most = max(most, peak)
	}
	if most == 0 {
		b.Skip("the system does not say how much memory a process has used")
	}
	against(b, float64(most)/1e6, 200, "MB")
}

// residentPeak is the most memory that a process has had resident until
// now, in bytes; 0 if it has ended or the system has no /proc.
func residentPeak(pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	match := regexp.MustCompile(`VmHWM:\s*(\d+) kB`).FindSubmatch(status)
	if match == nil {
		return 0
	}
	kilobytes, _ := strconv.ParseInt(string(match[1]), 10, 64)
	return kilobytes * 1024
}
