package exercise

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/environ"
	"gosyncio/runner/player"
)

// What an exercise shows on the timeline is something to see, and ends by
// itself. All of them run at once.
func TestSolutionsCanBeSeen(t *testing.T) {
	t.Parallel()
	const limit = 2 * time.Minute // a machine may be slow
	env := environ.Environ(os.Environ())
	var parts []player.Part
	for _, e := range exercises(t) {
		if !e.Shows() {
			t.Errorf("%s has nothing to see: its check has no Demo", e.Name)
			continue
		}
		program, v, err := NewChecker(env).Build(t.Context(), e, e.Solution(), filepath.Join(t.TempDir(), "program"))
		if program == nil {
			t.Fatalf("%s: %+v, %v", e.Name, v, err)
		}
		variant := lessons.Variant{Name: e.Name, Ideal: func(lessons.Values) time.Duration { return 0 }}
		parts = append(parts, player.Part{Variant: variant, Program: program})
	}
	c, err := player.New(env).Play(t.Context(), player.Setup{Parts: parts, Limit: limit})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	for _, run := range c.Snapshot().Runs {
		if run.Status.Err != "" || len(run.Lanes) == 0 || len(run.Status.Output) == 0 {
			t.Errorf("%s: error %q, %d lanes, output %v", run.Job.Variant.Name, run.Status.Err, len(run.Lanes), run.Status.Output)
		}
	}
}
