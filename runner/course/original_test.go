package course_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/golden"
	"gosyncio/runner/player"
)

// originals are the exercises that have one in Python.
func originals(t *testing.T) []lessons.Exercise {
	var all []lessons.Exercise
	for _, e := range lessons.Exercises() {
		if e.Original() != nil {
			all = append(all, e)
		}
	}
	if len(all) < 15 {
		t.Errorf("%d exercises have an original", len(all))
	}
	return all
}

// What the originals of exercises in Python print, and how long they take, is
// what it was when it was read beside their Demos.
func TestOriginalsInVirtualTime(t *testing.T) {
	t.Parallel()
	python := needPython(t)
	for _, e := range originals(t) {
		if slices.Contains([]string{"echo", "abandon"}, e.Name) {
			continue // what they talk to, and wait for, lives in real time
		}
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join("..", "..", "lessons", e.Lesson, "exercises", e.Name)
			printed, seconds := runVirtually(t, python, folder, "original", `[["original", {}]]`)
			slices.Sort(printed) // who comes first at one moment may change with Python's version
			golden.Check(t, "original-"+e.Name, strings.Join(append(printed, fmt.Sprintf("in %v s", seconds[0])), "\n"))
		})
	}
}

// On the timeline they have lanes, or, where callbacks are no coroutines,
// print what there is to see.
func TestOriginalsCanBeSeen(t *testing.T) {
	t.Parallel()
	needPython(t)
	p := player.New(os.Environ())
	for _, e := range originals(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			unknown := func(lessons.Values) time.Duration { return 0 }
			c, err := p.Play(t.Context(), player.Setup{
				Lesson: lessons.Lesson{ID: e.Name}, Source: e.Original(), Limit: 2 * time.Minute,
				Parts: []player.Part{{Variant: lessons.Variant{Name: "original", PythonIdeal: unknown}, Language: player.Python}},
			})
			if err != nil {
				t.Fatal(err)
			}
			c.Wait()
			run := c.Snapshot().Runs[0]
			if run.Status.Err != "" || len(run.Lanes) == 0 || len(run.Status.Output) == 0 {
				t.Errorf("error %q, %d lanes, output %v", run.Status.Err, len(run.Lanes), run.Status.Output)
			}
		})
	}
}
