package export

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons"
	"gosyncio/runner/player"
)

// twice is a document that was made of the snapshot of d, with what only says
// where it was made taken from d.
func twice(t *testing.T, d *Document) *Document {
	t.Helper()
	again := Of(d.Snapshot())
	o, of := &again.object, d.object
	o.GoVersion, o.OS, o.Arch, o.PythonVersion = of.GoVersion, of.OS, of.Arch, of.PythonVersion
	for i := range o.Runs { // the code as it was then
		o.Runs[i].File, o.Runs[i].Code = of.Runs[i].File, of.Runs[i].Code
	}
	return again
}

// An earlier version recorded each lesson. What this one shows of that has all
// that is in it, and is shown alike when it has been written down again.
func TestARecordingOfEachLessonIsShownWhole(t *testing.T) {
	t.Parallel()
	for _, lesson := range lessons.All() {
		t.Run(lesson.ID, func(t *testing.T) {
			t.Parallel()
			d, err := ReadFile(filepath.Join("..", "stage", "testdata", "lessons", lesson.ID+".json"))
			if err != nil {
				t.Fatal(err)
			}
			again := twice(t, d)
			if diff := cmp.Diff(asObject(t, d), asObject(t, again)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(frames(d.Snapshot()), frames(reopened(t, again))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// asObject is the JSON of a document.
func asObject(t *testing.T, d *Document) (object map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(written(t, d)), &object); err != nil {
		t.Fatal(err)
	}
	return object
}

// Runs that were just made are shown by their recording as they are themselves,
// those that die, leak or are cut off as well.
func TestARecordingShowsWhatTheRunsShow(t *testing.T) {
	t.Parallel()
	for id, settings := range map[string]map[string]string{
		"tasks":      {"a": "20ms", "b": "10ms"},
		"coroutines": {"delay": "10ms"},
		"leaks":      {"rounds": "3", "each": "5ms"},
		"cpubound":   {"size": "2000"},
		"deadlock":   {"hold": "10ms", "patience": "200ms"},
		"panics":     {"fails": "10ms", "other": "20ms"},
		"sockets":    {"clients": "60"},
		"streams":    {"silent": "20ms", "limit": "10ms"},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			s := made(t, id, settings)
			d := Of(s)
			if diff := cmp.Diff(frames(s), frames(reopened(t, d))); diff != "" {
				t.Errorf("(-made +recorded):\n%s", diff)
			}
			if diff := cmp.Diff(asObject(t, d), asObject(t, twice(t, d))); diff != "" {
				t.Errorf("(-once +twice):\n%s", diff)
			}
		})
	}
}

// made are all runs of a lesson in Go, and in Python if there is one, that have
// ended, in whichever way.
func made(t *testing.T, id string, settings map[string]string) player.Snapshot {
	t.Helper()
	lesson, err := lessons.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	setup := player.Setup{Lesson: lesson, Values: lesson.Defaults(), Limit: time.Minute}
	for name, value := range settings {
		if setup.Values, err = setup.Values.With(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, variant := range lesson.Variants {
		setup.Parts = append(setup.Parts, player.Part{Variant: variant})
	}
	for _, name := range lesson.Compared {
		variant, err := lesson.Variant(name)
		if err != nil {
			t.Fatal(err)
		}
		setup.Parts = append(setup.Parts, player.Part{Variant: variant, Language: player.Python})
	}
	c, err := player.New(os.Environ()).Play(t.Context(), setup)
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	return c.Snapshot()
}
