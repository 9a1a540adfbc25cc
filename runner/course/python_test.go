package course_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// inVirtualTime runs a variant's Python in virtual time.
func inVirtualTime(t *testing.T, python player.Interpreter, lesson lessons.Lesson, variant string, values lessons.Values) time.Duration {
	t.Helper()
	arguments, err := json.Marshal(lesson.Arguments(values))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python.Executable, "-B", filepath.Join("testdata", "virtual_time.py"),
		filepath.Join("..", "..", "content", lesson.ID), lesson.ID, variant, string(arguments))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	seconds, err := time.ParseDuration(lines[len(lines)-1] + "s")
	if err != nil {
		t.Fatal(err)
	}
	return seconds
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
		for _, part := range r.Parts() {
			if facts.RealTime.Python[part.Variant.Name] != "" {
				continue
			}
			for _, values := range []lessons.Values{lesson.Defaults(), r.Values} {
				t.Run(fmt.Sprintf("%s/%s/%v", lesson.ID, part.Variant.Name, values), func(t *testing.T) {
					t.Parallel()
					got, want := inVirtualTime(t, python, lesson, part.Variant.Name, values), part.Variant.PythonIdeal(values)
					if got != want {
						t.Errorf("took %v, want %v", got, want)
					}
				})
			}
		}
	}
}

// Every variant in Python has the lanes and the output of its twin in Go,
// and takes no less than is ideal for both.
func TestPythonAndGoDoTheSame(t *testing.T) {
	t.Parallel()
	pythonAndGo(t, false, func(t *testing.T, lesson lessons.Lesson, facts lessontest.Facts) {
		t.Parallel()
		checkTwins(t, lesson, facts)
	})
}

// What computes is run alone: it would slow down all others.
func TestPythonAndGoComputeTheSame(t *testing.T) {
	pythonAndGo(t, true, checkTwins)
}

// pythonAndGo calls check, in a subtest, with the lessons that compute or
// with those that do not.
func pythonAndGo(t *testing.T, computes bool, check func(*testing.T, lessons.Lesson, lessontest.Facts)) {
	t.Helper()
	if testing.Short() {
		t.Skip("it runs in real time")
	}
	needPython(t)
	for _, lesson := range lessons.All() {
		if facts := lessontest.FactsOf(t, lesson.ID); facts.Computes == computes {
			t.Run(lesson.ID, func(t *testing.T) { check(t, lesson, facts) })
		}
	}
}

// checkTwins compares the runs of a lesson in both languages.
func checkTwins(t *testing.T, lesson lessons.Lesson, facts lessontest.Facts) {
	r := request(t, lesson.ID, lesson.VariantNames(), facts.Settings.Compared, plan.Both)
	s := played(t, r)
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

// fetch prints the same with aiohttp and, where that is missing, on asyncio's
// own streams.
func TestFetchWithAndWithoutAiohttp(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it runs in real time")
	}
	needPython(t)
	tried := map[bool]bool{}
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		python, err := player.FindPython(t.Context(), append(os.Environ(), player.PythonVariable+"="+name))
		if err != nil {
			continue
		}
		without := exec.Command(python.Executable, "-c", "import aiohttp").Run() != nil
		if tried[without] {
			continue
		}
		tried[without] = true
		r := request(t, "fetch", []string{"sequential", "concurrent", "bounded"}, []string{"latency=30ms", "pages=20", "limit=5"}, plan.Both)
		s := playedBy(t, player.New(append(os.Environ(), player.PythonVariable+"="+name)), r, 1)[0]
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
	if os.Getenv("CI") != "" && !tried[false] {
		t.Error("there is no aiohttp on this machine")
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
	if s.Err != "" || s.ExitCode != 0 {
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
