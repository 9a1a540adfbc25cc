//go:build unix

package runner

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/trace"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	xtrace "golang.org/x/exp/trace"

	"gosyncio/lessons/coroutines"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
	"gosyncio/runner/timeline"
)

// The benchmarks below print each figure beside its budget. The command is
//
//	go test -run '^$' -bench Budget -benchtime 1x ./runner
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
func asked(b *testing.B, lesson string, variants []string, set ...string) request {
	b.Helper()
	r, err := newRequest(lesson, variants, set, withGo)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// played plays a run to its end.
func played(b *testing.B, r request) *player.Comparison {
	b.Helper()
	c, err := testApp().play(context.Background(), r)
	if err != nil {
		b.Fatal(err)
	}
	c.Wait()
	for _, run := range c.Runs {
		if err := run.Status().Err; err != "" {
			b.Fatal(err)
		}
	}
	return c
}

func BenchmarkBudgetTwoWorkersToLongestSleep(b *testing.B) {
	var total time.Duration
	for b.Loop() {
		total += played(b, asked(b, "tasks", []string{"concurrent"})).Runs[0].Status().Elapsed
	}
	against(b, float64(total)/float64(b.N)/float64(2*time.Second), 1.005, "elapsed/sleep")
}

func BenchmarkBudgetTracedToUntraced(b *testing.B) {
	r := asked(b, "coroutines", []string{"concurrent", "concurrent"}, "count=1000", "delay=1s")
	r.variants = slices.Clone(r.variants)
	r.variants[1].Untraced = true
	lesson := r.lesson
	lesson.OneAtATime = true
	r.lesson = lesson
	var traced, untraced time.Duration
	for b.Loop() {
		c := played(b, r)
		traced += c.Runs[0].Status().Elapsed
		untraced += c.Runs[1].Status().Elapsed
	}
	against(b, float64(traced)/float64(untraced), 1.01, "traced/untraced")
}

// watcher is a terminal that notes when the name of a lane is first to be
// seen on it.
type watcher struct {
	screen *screen
	label  *regexp.Regexp
	seen   map[string]time.Time
}

func (w *watcher) Write(p []byte) (int, error) {
	// Without a keyboard the terminal is not raw: a newline starts a line.
	w.screen.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	now := time.Now()
	for _, row := range w.screen.rows() {
		if name := w.label.FindString(row); name != "" && w.seen[name].IsZero() {
			w.seen[name] = now
		}
	}
	return len(p), nil
}

// shown plays a run on a live stage whose output goes to w, to its end.
func shown(b *testing.B, r request, w io.Writer) *player.Comparison {
	b.Helper()
	var comparison *player.Comparison
	m := &runModel{watched: true, live: stage.NewLive(stage.Options{
		Palette: stage.NewPalette(true),
		Play: func() (c *player.Comparison, err error) {
			comparison, err = testApp().play(context.Background(), r)
			return comparison, err
		},
	})}
	defer m.live.Close()
	program := tea.NewProgram(m, tea.WithInput(nil), tea.WithOutput(w), tea.WithWindowSize(120, 40),
		tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	if _, err := program.Run(); err != nil {
		b.Fatal(err)
	}
	return comparison
}

// A lane appears on the screen when its first event has been drawn: from
// the moment at which the child's tracer noted it to the write.
func BenchmarkBudgetEventToDrawn(b *testing.B) {
	var delays []time.Duration
	for b.Loop() {
		w := &watcher{newScreen(120, 40), regexp.MustCompile(`hello \d+`), map[string]time.Time{}}
		c := shown(b, asked(b, "coroutines", []string{"sequential"}, "count=20", "delay=173ms"), w)
		start := c.Runs[0].Status().Start
		c.Runs[0].Timeline.View(func(lanes []*timeline.Lane) {
			for _, lane := range lanes {
				at, ok := w.seen[lane.Name]
				if !ok {
					b.Errorf("lane %s was never drawn\n%s", lane.Name, w.screen.text())
					continue
				}
				delays = append(delays, at.Sub(start.Add(lane.Spans[0].Start)))
			}
		})
	}
	slices.Sort(delays)
	against(b, float64(delays[len(delays)*95/100])/float64(time.Millisecond), 80, "ms-p95")
}

// What the harness adds to a run of asyncio: how long it takes as it is shown
// against how long it takes when nothing is recorded. All tasks wait for one
// second; what they do besides, and what the harness adds, comes on top.
func BenchmarkHarness(b *testing.B) {
	needPython(b)
	for _, tasks := range []int{1, 10_000} {
		b.Run(fmt.Sprintf("tasks=%d", tasks), func(b *testing.B) {
			var traced, plain time.Duration
			for b.Loop() {
				for _, untraced := range []bool{true, false} {
					r, err := newRequest("coroutines", []string{"concurrent"}, []string{fmt.Sprint("count=", tasks), "delay=1s"}, withPython)
					if err != nil {
						b.Fatal(err)
					}
					r.variants[0].Untraced = untraced
					elapsed := played(b, r).Runs[0].Status().Elapsed
					if untraced {
						plain += elapsed
					} else {
						traced += elapsed
					}
				}
			}
			b.ReportMetric(float64(traced)/float64(plain), "traced/untraced")
			b.ReportMetric(float64(traced-plain)/float64(b.N)/float64(time.Millisecond), "ms-added")
			b.ReportMetric(0, "ns/op")
		})
	}
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
			r := asked(b, "coroutines", []string{"concurrent"}, fmt.Sprint("count=", of.lanes), "delay=4s")
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

func BenchmarkBudgetReadTrace(b *testing.B) {
	data, events := recordTrace(b)
	var read time.Duration
	for b.Loop() {
		start := time.Now()
		var t timeline.Timeline
		if err := t.ReadGo(bytes.NewReader(data), func() {}); err != nil {
			b.Fatal(err)
		}
		read += time.Since(start)
	}
	against(b, float64(events)*float64(b.N)/read.Seconds()/1e6, 1, "Mevents/s")
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
	trace.Log(context.Background(), timeline.MarkCategory, timeline.MarkStart)
	err = coroutines.Concurrent(context.Background(), 100*time.Millisecond, 100_000)
	trace.Log(context.Background(), timeline.MarkCategory, timeline.MarkEnd)
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

// build builds the program as it is shipped, without what tests add to it.
func build(b *testing.B) (executable string) {
	b.Helper()
	executable = filepath.Join(b.TempDir(), "gosyncio")
	if out, err := exec.Command("go", "build", "-o", executable, "gosyncio").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return executable
}

func BenchmarkBudgetStartToMenu(b *testing.B) {
	executable := build(b)
	var total time.Duration
	for b.Loop() {
		start := time.Now()
		cmd := exec.Command(executable)
		cmd.Env = append(os.Environ(), "TERM=xterm-256color")
		tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
		if err != nil {
			b.Fatal(err)
		}
		var screen []byte
		chunk := make([]byte, 4096)
		for !bytes.Contains(screen, []byte("Quit")) { // the last line of the menu
			n, err := tty.Read(chunk)
			if err != nil {
				b.Fatalf("%v; on the screen: %q", err, screen)
			}
			screen = append(screen, chunk[:n]...)
		}
		total += time.Since(start)
		cmd.Process.Signal(syscall.SIGTERM)
		io.Copy(io.Discard, tty) // ends with the program
		cmd.Wait()
		tty.Close()
	}
	against(b, float64(total)/float64(b.N)/float64(time.Millisecond), 50, "ms")
}

// The peak, which is more than what is left after the run, of the process
// that has read the trace and shown it.
func BenchmarkBudgetMemoryAfterManyGoroutines(b *testing.B) {
	executable := build(b)
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
