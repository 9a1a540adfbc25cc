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
	"gosyncio/runner/findings"
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

// watched is what a program did, and what was found in it.
func watched(t *testing.T, program *follow.Program) (player.Recording, []findings.Finding) {
	t.Helper()
	session := follow.Start(context.Background(), []*follow.Program{program}, follow.Streams{})
	session.Wait()
	run := session.Snapshot().Runs[0]
	if run.Status.Err != "" || run.Status.ExitCode != 0 {
		t.Fatalf("%s, exit status %d, output %v", run.Status.Err, run.Status.ExitCode, run.Status.Output)
	}
	return run, session.Findings()[0]
}

// watchedPort is what the port in a folder did.
func watchedPort(t *testing.T, folder string) (player.Recording, []findings.Finding) {
	t.Helper()
	needs(t, "go")
	port, err := follow.Go(t.Context(), os.Environ(), overlay.Options{Target: folder}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return watched(t, port)
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
// the receive since the last job was done, and none says that it stops. Nothing
// looks wrong, for a pool that waits for work looks the same.
func TestTheWorkersOfThePortWaitForEver(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(written(t), example.Port)
	run, found := watchedPort(t, folder)
	if len(found) > 0 {
		t.Errorf("found: %+v", found)
	}

	const receive = "job := <-queue"
	line, text := place(t, filepath.Join(folder, "main.go"), receive), lessonText(t)
	for _, says := range []string{"`" + line + "`: the line with `<-queue`", "waited since 1.5 s"} {
		if !strings.Contains(text, says) {
			t.Errorf("the lesson does not say %q", says)
		}
	}
	lanes := workers(run)
	if len(lanes) != 3 {
		t.Fatalf("%d lanes of workers among %d", len(lanes), len(run.Lanes))
	}
	for i, lane := range lanes {
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

// Mended as the lesson's second port is, they stop before the report is off.
func TestTheWorkersOfTheMendedPortStop(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(written(t), example.Port)
	file := filepath.Join(folder, "main.go")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	mended := string(text)
	for _, change := range [][2]string{
		{"for {\n\t\tjob := <-queue\n", "for job := range queue {\n"},
		{"\tvar all []string\n", "\tclose(queue)\n\tvar all []string\n"},
	} {
		if strings.Count(mended, change[0]) != 1 {
			t.Fatalf("the port has not one %q", change[0])
		}
		mended = strings.Replace(mended, change[0], change[1], 1)
	}
	if err := os.WriteFile(file, []byte(mended), 0o600); err != nil {
		t.Fatal(err)
	}
	run, _ := watchedPort(t, folder)
	if n := stops(run); n != 3 {
		t.Errorf("%d workers say that they stop", n)
	}
	for _, lane := range workers(run) {
		if end := lane.Span(lane.Len() - 1).End; end > run.Status.Elapsed-400*time.Millisecond {
			t.Errorf("%s ends at %v of %v", lane.Name, end, run.Status.Elapsed)
		}
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
	run, _ := watched(t, script)
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
