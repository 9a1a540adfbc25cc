package player

import (
	"context"
	"flag"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/cpus"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == ChildCommand {
		os.Exit(Child(os.Args[2:]))
	}
	if len(os.Args) > 1 && os.Args[1] == plainCommand {
		os.Exit(plain(os.Args[2:]))
	}
	if code, ok := startProgram(); ok {
		os.Exit(code)
	}
	// Most of what these tests do is wait, for runs and for interpreters.
	if n := 4 * runtime.NumCPU(); n > runtime.GOMAXPROCS(0) {
		flag.Set("test.parallel", strconv.Itoa(n))
	}
	os.Setenv("GORACE", "atexit_sleep_ms=0") // or each child with -race takes a second to end
	goleak.VerifyTestMain(m)
}

// play runs variants with settings to their end.
func play(t *testing.T, ctx context.Context, id string, variants []string, settings ...string) *Comparison {
	t.Helper()
	lesson, values := find(t, id, settings...)
	c, err := ours().Play(ctx, Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, variants)})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	return c
}

func find(t *testing.T, id string, settings ...string) (lessons.Lesson, lessons.Values) {
	t.Helper()
	lesson, err := lessons.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return lesson, lessontest.Set(t, lesson.Defaults(), settings)
}

// pick are variants in Go.
func pick(t *testing.T, lesson lessons.Lesson, names []string) (parts []Part) {
	t.Helper()
	for _, name := range names {
		v, err := lesson.Variant(name)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, Part{Variant: v})
	}
	return parts
}

// ours is a Player in the environment of the test.
func ours() *Player { return New(os.Environ()) }

func laneNames(r *Run) (names []string) {
	for _, lane := range r.Timeline.Snapshot() {
		names = append(names, lane.Name)
	}
	return names
}

func texts(s Status) (texts []string) {
	for _, line := range s.Output {
		texts = append(texts, line.Text)
	}
	return texts
}

func TestEveryVariantRunsAndTakesAtLeastItsIdeal(t *testing.T) {
	t.Parallel()
	for _, lesson := range lessons.All() {
		t.Run(lesson.ID, func(t *testing.T) {
			t.Parallel()
			facts := lessontest.FactsOf(t, lesson.ID)
			names := slices.DeleteFunc(lesson.VariantNames(), func(name string) bool {
				variant, err := lesson.Variant(name)
				onlyPython := err != nil || variant.Run == nil
				return onlyPython || lessontest.Race && slices.Contains(facts.Racy, name)
			})
			c := play(t, t.Context(), lesson.ID, names, facts.Settings.Quick...)
			for _, run := range c.Runs {
				s := run.Status()
				if run.Job.undetected() {
					continue // another test has it
				}
				exitCode := 0
				if run.Job.Variant.Dies != "" {
					exitCode, s.MaxRSS = 2, 1<<20 // nobody tells how much it was
				}
				if s.Err != "" || s.ExitCode != exitCode || s.Phase != Ended || !strings.HasPrefix(s.Died, run.Job.Variant.Dies) {
					t.Errorf("%s: phase %d, exit code %d, error %q", run.Job.Variant.Name, s.Phase, s.ExitCode, s.Err)
				}
				if s.Elapsed < run.Job.Ideal || s.Elapsed == 0 {
					t.Errorf("%s: elapsed %v, ideal %v", run.Job.Variant.Name, s.Elapsed, run.Job.Ideal)
				}
				if s.CPU <= 0 || s.MaxRSS < 1<<20 {
					t.Errorf("%s: cpu %v, peak memory %d", run.Job.Variant.Name, s.CPU, s.MaxRSS)
				}
				if len(s.Output) == 0 || s.Traced && len(laneNames(run)) == 0 && s.Died == "" { // a trace comes in pieces
					t.Errorf("%s: output %q, lanes %q", run.Job.Variant.Name, texts(s), laneNames(run))
				}
				for _, line := range s.Output {
					if line.At < 0 || line.At > s.Elapsed {
						t.Errorf("%s: %q was printed at %v of %v", run.Job.Variant.Name, line.Text, line.At, s.Elapsed)
					}
				}
			}
		})
	}
}

func TestOneAtATime(t *testing.T) {
	t.Parallel()
	lesson, values := find(t, "tasks", "a=5ms", "b=5ms")
	lesson.OneAtATime = true
	c, err := ours().Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, []string{"sequential", "concurrent"})})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	first, second := c.Runs[0].Status(), c.Runs[1].Status()
	if second.Start.Before(first.Start.Add(first.Elapsed)) {
		t.Errorf("the second started %v after the first, which took %v", second.Start.Sub(first.Start), first.Elapsed)
	}
}

func TestProcsAreTheJobsOrTheVariants(t *testing.T) {
	t.Parallel()
	c := play(t, t.Context(), "eventloop", []string{"sequential", "concurrent"}, "a=1ms", "b=1ms", "c=1ms")
	usual := cpus.Available()
	if os.Getenv("GOMAXPROCS") != "" {
		usual = runtime.GOMAXPROCS(0)
	}
	if got := c.Runs[0].Status().Procs; got != usual {
		t.Errorf("sequential: GOMAXPROCS = %d, want %d", got, usual)
	}
	if got := c.Runs[1].Status().Procs; got != 1 {
		t.Errorf("concurrent: GOMAXPROCS = %d, want 1", got)
	}
	lesson, values := find(t, "eventloop", "a=1ms", "b=1ms", "c=1ms")
	c, err := ours().Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, []string{"concurrent"}), Procs: 3})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	if got := c.Runs[0].Status().Procs; got != 3 {
		t.Errorf("asked for 3: GOMAXPROCS = %d", got)
	}
}

// Both languages go by the CPUs that there are, however many the machine has:
// Go's GOMAXPROCS, and the pools of asyncio.
func TestCPUsAreThoseThatThereAre(t *testing.T) {
	t.Parallel()
	lesson, values := find(t, "database", "queries=7", "each=1ms")
	parts := pick(t, lesson, []string{"concurrent", "to_thread"})
	parts[1].Language = Python
	source := []byte("import asyncio, os\nasync def to_thread():\n" +
		"    await asyncio.to_thread(print, os.cpu_count())\n" +
		"    print(asyncio.get_running_loop()._default_executor._max_workers)\n")
	c, err := with(python(t)).Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: parts, CPUs: 1, Source: source})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	inGo, inPython := c.Runs[0].Status(), c.Runs[1]
	if inGo.Procs != 1 {
		t.Errorf("GOMAXPROCS = %d (%s)", inGo.Procs, inGo.Err)
	}
	if status := inPython.Status(); len(status.Output) != 2 || status.Output[0].Text != "1" || status.Output[1].Text != "5" {
		t.Errorf("Python: %q, %s", status.Output, status.Err)
	}
	if want := 2 * time.Millisecond; inPython.Job.Ideal != want { // 7 queries, 5 threads
		t.Errorf("the ideal of to_thread is %v, want %v", inPython.Job.Ideal, want)
	}
}

func TestAnUntracedRunHasNoTimeline(t *testing.T) {
	t.Parallel()
	lesson, values := find(t, "tasks", "a=1ms", "b=1ms")
	parts := pick(t, lesson, []string{"sequential"})
	parts[0].Variant.Untraced = true
	c, err := ours().Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: parts})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	s := c.Runs[0].Status()
	if s.Traced || s.Err != "" || len(laneNames(c.Runs[0])) != 0 {
		t.Errorf("traced %v, error %q, lanes %q; want none", s.Traced, s.Err, laneNames(c.Runs[0]))
	}
	if s.Elapsed < 2*time.Millisecond || len(s.Output) != 4 {
		t.Errorf("elapsed %v, output %q", s.Elapsed, texts(s))
	}
}

// main returns while the goroutines are in the middle: none of them gets to
// its second line, and those that never ran are named by their function.
func TestForgottenGoroutinesEndWithTheirProgram(t *testing.T) {
	t.Parallel()
	c := play(t, t.Context(), "coroutines", []string{"forgotten"}, "delay=1m")
	run := c.Runs[0]
	lines := texts(run.Status())
	if !slices.Contains(lines, "main returns") || slices.Contains(lines, "...World!") {
		t.Errorf("output = %q, want main returns and no World", lines)
	}
	names := laneNames(run)
	if len(names) != 3 {
		t.Errorf("lanes = %q, want three", names)
	}
	for _, name := range names {
		if name != "sayHello" && !strings.HasPrefix(name, "hello ") {
			t.Errorf("lane %q, want sayHello, or hello and a number", name)
		}
	}
}

func TestAnEnvironmentThatBreaksTheChildIsReported(t *testing.T) {
	t.Parallel()
	lesson, values := find(t, "tasks", "a=1ms", "b=1ms")
	lesson.ID = "nosuch"
	c, err := ours().Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, []string{"sequential"})})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	s := c.Runs[0].Status()
	if s.Err != `exit status 2: unknown lesson "nosuch"` || s.ExitCode != 2 || !slices.Contains(texts(s), `unknown lesson "nosuch"`) {
		t.Errorf("error %q, exit code %d, output %q", s.Err, s.ExitCode, texts(s))
	}
}

// waitFor waits until what is awaited has happened.
func waitFor(t *testing.T, happened func() bool) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for !happened() {
		if time.Now().After(deadline) {
			t.Fatal("it did not happen in a minute")
		}
		time.Sleep(time.Millisecond)
	}
}

func TestLimitOfAVeryLongRun(t *testing.T) {
	t.Parallel()
	for _, ideal := range []time.Duration{0, time.Second, math.MaxInt64 / 10, math.MaxInt64} {
		for _, work := range []time.Duration{0, time.Minute, math.MaxInt64} {
			const most = math.MaxInt64 / 10
			if got := limit(ideal, work); got < min(ideal, most) || got < min(work, most) || got < 30*time.Second {
				t.Errorf("limit(%v, %v) = %v", ideal, work, got)
			}
		}
	}
}
