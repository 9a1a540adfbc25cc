package course_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/child"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// A virtualRun is a variant with the arguments of its function in Python.
type virtualRun struct {
	part   player.Part
	values lessons.Values
}

// inVirtualTime is how long the runs take in Python, in virtual time. Python is
// started once for all of them.
func inVirtualTime(t *testing.T, python player.Interpreter, lesson lessons.Lesson, runs []virtualRun) (took []time.Duration) {
	t.Helper()
	var wanted [][2]any
	for _, run := range runs {
		wanted = append(wanted, [2]any{run.part.Variant.Name, lesson.Arguments(run.values)})
	}
	arguments, err := json.Marshal(wanted)
	if err != nil {
		t.Fatal(err)
	}
	_, seconds := runVirtually(t, python, filepath.Join("..", "..", "content", lesson.ID), lesson.Package(), string(arguments))
	if len(seconds) != len(runs) {
		t.Fatalf("%d runs took %v seconds", len(runs), seconds)
	}
	for _, s := range seconds {
		took = append(took, time.Duration(math.Round(s*1e6))*time.Microsecond)
	}
	return took
}

// runVirtually has virtual_time.py make runs of a module, and returns what they
// print and how long they take.
func runVirtually(t *testing.T, python player.Interpreter, folder, module, runs string) (printed []string, seconds []float64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python.Executable, "-B", filepath.Join("testdata", "virtual_time.py"), folder, module, runs)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	last := len(lines) - 1
	if err := json.Unmarshal([]byte(lines[last]), &seconds); err != nil {
		t.Fatal(err)
	}
	return lines[:last], seconds
}

// In virtual time every variant takes in Python, too, what is said to be
// ideal, with the defaults and with other settings.
func TestPythonTakesItsIdealTime(t *testing.T) {
	t.Parallel()
	python := needPython(t)
	for _, lesson := range lessons.All() {
		if lesson.Serve != nil {
			continue // what it talks to lives in real time
		}
		facts := lessontest.FactsOf(t, lesson.ID)
		r := request(t, lesson.ID, lesson.VariantNames(), facts.Settings.Compared, plan.Python)
		var runs []virtualRun
		for _, part := range r.Parts() {
			if facts.RealTime.Python[part.Variant.Name] == "" {
				runs = append(runs, virtualRun{part, lesson.Defaults()}, virtualRun{part, r.Values})
			}
		}
		if len(runs) == 0 {
			continue
		}
		t.Run(lesson.ID, func(t *testing.T) {
			t.Parallel()
			for i, got := range inVirtualTime(t, python, lesson, runs) {
				run := runs[i]
				if want := run.part.Variant.PythonIdeal(run.values); got != want {
					t.Errorf("%s (%v) took %v, want %v", run.part.Variant.Name, run.values, got, want)
				}
			}
		})
	}
}

// checkTwins wants every variant in Python to have had the lanes and the
// output of its twin in Go, and none to have taken less than is ideal.
func checkTwins(t *testing.T, s player.Snapshot, facts lessontest.Facts) {
	t.Helper()
	python := map[string]player.Recording{}
	for _, run := range s.Runs {
		name := run.Job.Variant.Name
		checkTime(t, run)
		checkBars(t, run, facts)
		if run.Job.Language == player.Python {
			python[name] = run
			continue
		}
		twin, ok := python[name]
		if !ok || facts.PythonDiffers[name] != "" {
			continue
		}
		if got, want := sortedLanes(twin), sortedLanes(run); !slices.Equal(got, want) {
			t.Errorf("%s: lanes in Python %q, in Go %q", name, got, want)
		}
		got, want := output(twin), output(run)
		if name != "sequential" { // who comes first is not determined
			slices.Sort(got)
			slices.Sort(want)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: output in Python\n%q, in Go\n%q", name, got, want)
		}
	}
}

// An interpreter has aiohttp or has it not.
type interpreter struct {
	player.Interpreter
	aiohttp bool
}

// interpreters are an interpreter with aiohttp and one without, as far as this
// machine has them.
var interpreters = sync.OnceValue(func() (found []interpreter) {
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		python, err := player.FindPython(context.Background(), append(os.Environ(), player.PythonVariable+"="+name))
		if err != nil {
			continue
		}
		aiohttp := exec.Command(python.Executable, "-c", "import aiohttp").Run() == nil
		if !slices.ContainsFunc(found, func(p interpreter) bool { return p.aiohttp == aiohttp }) {
			found = append(found, interpreter{python, aiohttp})
		}
	}
	return found
})

// needAiohttp fails a test in CI if there is no interpreter with aiohttp, or
// none without it.
func needAiohttp(t *testing.T, pythons []interpreter) {
	t.Helper()
	if os.Getenv("CI") != "" && len(pythons) < 2 {
		t.Error("there is no Python with aiohttp and one without on this machine")
	}
}

// fetch prints the same with aiohttp and, where that is missing, on asyncio's
// own streams.
func TestFetchWithAndWithoutAiohttp(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it runs in real time")
	}
	needPython(t)
	pythons := interpreters()
	needAiohttp(t, pythons)
	for _, python := range pythons {
		r := request(t, "fetch", []string{"sequential", "concurrent", "bounded"}, []string{"latency=30ms", "pages=20", "limit=5"}, plan.Both)
		s := playedBy(t, player.New(append(os.Environ(), player.PythonVariable+"="+python.Executable)), r, 1)[0]
		for i := 0; i < len(s.Runs); i += 2 {
			inPython, inGo := s.Runs[i], s.Runs[i+1]
			if got, want := output(inPython), output(inGo); inPython.Status.Err != "" || !slices.Equal(got, want) {
				t.Errorf("%s, %s: error %q, output %q, want %q", python.Path, inPython.Job.Variant.Name, inPython.Status.Err, got, want)
			}
			if got, want := sortedLanes(inPython), sortedLanes(inGo); !slices.Equal(got, want) {
				t.Errorf("%s, %s: lanes %q, want %q", python.Path, inPython.Job.Variant.Name, got, want)
			}
			if !waitedFor(inPython, "socket") {
				t.Errorf("%s, %s: no lane waited for a socket", python.Path, inPython.Job.Variant.Name)
			}
		}
	}
}

// waitedFor reports whether a lane of the run waited for that reason.
func waitedFor(run player.Recording, reason string) (waited bool) {
	for _, lane := range run.Lanes {
		for span := range lane.Spans() {
			waited = waited || span.State == timeline.Waiting && span.Reason() == reason
		}
	}
	return waited
}

// checkBars requires of a run that its bars say what the lesson's text says
// that they do.
func checkBars(t *testing.T, run player.Recording, facts lessontest.Facts) {
	t.Helper()
	wanted := facts.Bars.Go
	if run.Job.Language == player.Python {
		wanted = facts.Bars.Python
	}
	said := map[string]bool{}
	for _, lane := range run.Lanes {
		for span := range lane.Spans() {
			said[strings.TrimSpace(span.State.String()+" "+span.Reason())] = true
		}
	}
	for _, want := range wanted[run.Job.Variant.Name] {
		if !said[want] {
			t.Errorf("no bar of %s in %v says %s; they say %q", run.Job.Variant.Name, run.Job.Language, want, slices.Sorted(maps.Keys(said)))
		}
	}
}

func checkTime(t *testing.T, run player.Recording) {
	t.Helper()
	s := run.Status
	what := fmt.Sprintf("%s in %v", run.Job.Variant.Name, run.Job.Language)
	exitCode := 0
	if run.Job.Variant.Dies != "" && run.Job.Language == player.Go {
		if child.Cgo && run.Job.Variant.Untraced {
			return // Go does not see it
		}
		exitCode, s.MaxRSS = 2, 1<<20 // nobody tells how much it was
	}
	if s.Err != "" || s.ExitCode != exitCode {
		t.Errorf("%s: error %q, exit code %d, output %q", what, s.Err, s.ExitCode, output(run))
	}
	// asyncio rounds the time to wait to a millisecond of its clock.
	if s.Elapsed < run.Job.Ideal-time.Millisecond {
		t.Errorf("%s took %v, less than %v", what, s.Elapsed, run.Job.Ideal)
	}
	if s.CPU <= 0 || s.MaxRSS < 1<<20 {
		t.Errorf("%s: cpu %v, peak memory %d", what, s.CPU, s.MaxRSS)
	}
}

func sortedLanes(run player.Recording) (names []string) {
	for _, lane := range run.Lanes {
		names = append(names, lane.Name)
	}
	slices.Sort(names)
	return names
}

// output are the lines that a run printed. How late a timer fired depends on
// the machine: it is left out.
func output(run player.Recording) (lines []string) {
	fired := regexp.MustCompile(`, fired after .*`)
	for _, line := range run.Status.Output {
		lines = append(lines, fired.ReplaceAllString(line.Text, ", fired"))
	}
	return lines
}

// In Python a coroutine that nobody awaits never starts, and Python says so.
func TestForgottenCoroutinesNeverStart(t *testing.T) {
	t.Parallel()
	needPython(t)
	r := request(t, "coroutines", []string{"forgotten"}, nil, plan.Python)
	s := played(t, r)
	lines := output(s.Runs[0])
	warned := slices.ContainsFunc(lines, func(line string) bool {
		return strings.HasPrefix(line, "coroutines.py:") && strings.HasSuffix(line, "RuntimeWarning: coroutine 'say_hello' was never awaited")
	})
	if !warned || !slices.Contains(lines, "main returns") || slices.Contains(lines, "Hello...") || len(sortedLanes(s.Runs[0])) != 0 {
		t.Errorf("output %q, lanes %q; want a warning and nothing said", lines, sortedLanes(s.Runs[0]))
	}
}
