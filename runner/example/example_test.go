package example_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"gosyncio/content"
	"gosyncio/runner/example"
	"gosyncio/runner/fault"
	"gosyncio/runner/follow"
	"gosyncio/runner/overlay"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// written is the example in a folder of its own.
func written(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "mine")
	if err := example.Write(folder); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestTheScriptIsThatOfTheLesson(t *testing.T) {
	t.Parallel()
	got, err := os.ReadFile(filepath.Join(written(t), example.Script))
	if err != nil {
		t.Fatal(err)
	}
	lesson, err := content.Load(example.Lesson)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(lesson.Python), string(got)); diff != "" {
		t.Errorf("script (-lesson +written):\n%s", diff)
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, there := range []string{folder, file} {
		err := example.Write(there)
		if told, ok := errors.AsType[*fault.Error](err); !ok || !errors.Is(err, fs.ErrExist) || told.Next == "" {
			t.Errorf("%s: error %v", there, err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v, error %v", entries, err)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "mine" {
		t.Errorf("the file has %q, error %v", text, err)
	}
}

func TestAFolderThatCannotBeMade(t *testing.T) {
	t.Parallel()
	err := example.Write(filepath.Join(t.TempDir(), "nosuch", "mine"))
	if told, ok := errors.AsType[*fault.Error](err); !ok || !strings.Contains(told.What, "cannot be written: ") || told.Next == "" {
		t.Errorf("error %v", err)
	}
}

// needs skips a test where a program is missing, which in CI is an error.
func needs(t *testing.T, program string) {
	t.Helper()
	switch _, err := exec.LookPath(program); {
	case err != nil && os.Getenv("CI") != "":
		t.Fatal(err)
	case err != nil:
		t.Skip(err)
	}
}

// watched is what the programs did, from one start signal.
func watched(t *testing.T, programs ...*follow.Program) []player.Recording {
	t.Helper()
	session := follow.Start(context.Background(), programs, follow.Streams{})
	session.Wait()
	runs := session.Snapshot().Runs
	for _, run := range runs {
		if run.Status.Err != "" || run.Status.ExitCode != 0 {
			t.Fatalf("%v: %s, exit status %d, output %v", run.Job.Language, run.Status.Err, run.Status.ExitCode, run.Status.Output)
		}
	}
	return runs
}

// workers are the lanes of the workers: of one name with numbers in Go, of three
// names in Python.
func workers(run player.Recording) (lanes []timeline.Lane) {
	for _, lane := range run.Lanes {
		if strings.HasPrefix(lane.Name, "worker") {
			lanes = append(lanes, lane)
		}
	}
	slices.SortFunc(lanes, func(a, b timeline.Lane) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), a.Origin.Number-b.Origin.Number)
	})
	return lanes
}

func stops(run player.Recording) (n int) {
	for _, line := range run.Status.Output {
		if strings.HasSuffix(line.Text, " stops") {
			n++
		}
	}
	return n
}

// What the lesson says of the port: its three workers wait at the line with
// the receive since the last job was done, and none says that it stops.
func TestTheWorkersOfThePortWaitForEver(t *testing.T) {
	t.Parallel()
	needs(t, "go")
	folder := filepath.Join(written(t), example.Port)
	port, err := follow.Go(t.Context(), os.Environ(), overlay.Options{Target: folder}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run := watched(t, port)[0]

	const receive = "job := <-queue"
	line, text := place(t, filepath.Join(folder, "main.go"), receive), lessonText(t)
	for _, says := range []string{"`" + line + "`: the line with `<-queue`", "waited since 1.5 s"} {
		if !strings.Contains(text, says) {
			t.Errorf("the lesson does not say %q", says)
		}
	}
	found := workers(run)
	if len(found) != 3 {
		t.Fatalf("%d lanes of workers among %d", len(found), len(run.Lanes))
	}
	for i, lane := range found {
		span := lane.Span(lane.Len() - 1)
		if span.State != timeline.Waiting || span.Reason() != "chan receive" || span.Where() != line || span.Start < 1500*time.Millisecond {
			t.Errorf("%s %d: at the end %v %s at %s since %v", lane.Name, i, span.State, span.Reason(), span.Where(), span.Start)
		}
		if lane.Origin == nil || lane.Origin.Number != i+1 || lane.Origin.By != "main" {
			t.Errorf("%s %d: its origin is %+v", lane.Name, i, lane.Origin)
		}
	}
	if n := stops(run); n > 0 {
		t.Errorf("%d workers say that they stop", n)
	}
}

// The script's tasks have the names that it gave them, and end when it cancels
// them, before it reports.
func TestTheWorkersOfTheScriptStop(t *testing.T) {
	t.Parallel()
	p := player.New(os.Environ())
	if _, err := player.FindPython(t.Context(), os.Environ()); err != nil {
		needs(t, "python3")
		t.Skip(err)
	}
	script, err := follow.Python(t.Context(), p, filepath.Join(written(t), example.Script), nil, true)
	if err != nil {
		t.Fatal(err)
	}
	run := watched(t, script)[0]
	var names []string
	for _, lane := range workers(run) {
		names = append(names, lane.Name)
		if end := lane.Span(lane.Len() - 1).End; end > run.Status.Elapsed-400*time.Millisecond {
			t.Errorf("%s ends at %v of %v", lane.Name, end, run.Status.Elapsed)
		}
	}
	slices.Sort(names)
	if diff := gocmp.Diff([]string{"worker 1", "worker 2", "worker 3"}, names); diff != "" {
		t.Errorf("workers (-want +got):\n%s", diff)
	}
	if n := stops(run); n != 3 {
		t.Errorf("%d workers say that they stop", n)
	}
}

// place is where a line stands in a file, as a lane names it.
func place(t *testing.T, file, line string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range strings.Split(string(text), "\n") {
		if strings.TrimSpace(l) == line {
			return fmt.Sprintf("%s:%d", filepath.Base(file), i+1)
		}
	}
	t.Fatalf("%s has no line %q", file, line)
	return ""
}

// lessonText is the lesson as it is written, in one line.
func lessonText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "content", example.Lesson, "lesson.md"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}
