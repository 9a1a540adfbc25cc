package stage

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons"
	"gosyncio/runner/player"
)

// In the text of several runs time does not go back: what has just happened in
// one is held back until the others can tell of nothing earlier.
func TestPlainTextGoesForwardInTime(t *testing.T) {
	t.Parallel()
	start := time.Now()
	going := func(variant string, output ...player.Line) player.Recording {
		return player.Recording{
			Job:    player.Job{Part: player.Part{Variant: lessons.Variant{Name: variant}}},
			Status: player.Status{Phase: player.Going, Start: start, Output: output},
		}
	}
	over := func(r player.Recording, elapsed time.Duration) player.Recording {
		r.Status.Elapsed = elapsed
		return r
	}
	ended := func(r player.Recording, elapsed time.Duration) player.Recording {
		r.Status.Phase = player.Ended
		return over(r, elapsed)
	}
	preparing := going("b")
	preparing.Status.Phase = player.Preparing
	line := func(at time.Duration, text string) player.Line { return player.Line{At: at, Text: text} }
	first, second, third := line(0, "a starts"), line(2002*ms, "a says"), line(2001*ms, "b says")
	type step struct {
		at   time.Duration // since the start
		runs []player.Recording
		told string
	}
	for name, steps := range map[string][]step{
		"a line that is read late": {
			{0, []player.Recording{going("a", first), going("b")}, ""},
			{late + ms, []player.Recording{going("a", first), going("b")}, "a starts"},
			{2003 * ms, []player.Recording{going("a", first, second), going("b")}, ""},
			{2004 * ms, []player.Recording{going("a", first, second), going("b", third)}, ""},
			{2003*ms + late, []player.Recording{going("a", first, second), going("b", third)}, "b says, a says"},
		},
		"an end that is known late": {
			{2003 * ms, []player.Recording{going("a", first, second), going("b")}, "a starts"},
			{2003*ms + late/2, []player.Recording{going("a", first, second), over(going("b"), 2001*ms)}, ""},
			{9000 * ms, []player.Recording{going("a", first, second), over(going("b"), 2001*ms)}, ""}, // its child takes its time
			{9001 * ms, []player.Recording{going("a", first, second), ended(going("b"), 2001*ms)}, "(done), a says"},
		},
		"all are over": {
			{2003 * ms, []player.Recording{going("a", first, second), going("b")}, "a starts"},
			{2004 * ms, []player.Recording{ended(going("a", first, second), 2002*ms), ended(going("b"), 2001*ms)}, "(done), a says, (done)"},
		},
		"one after the other": {
			{2003 * ms, []player.Recording{going("a", first, second), preparing}, "a starts"},
			{2004 * ms, []player.Recording{ended(going("a", first, second), 2002*ms), preparing}, "a says, (done)"},
			{3000 * ms, []player.Recording{ended(going("a", first, second), 2002*ms), going("b", third)}, "b says"},
		},
		"one that goes on alone": {
			{10 * ms, []player.Recording{going("a", first), ended(going("b"), 5*ms)}, ""},
			{10*ms + late, []player.Recording{going("a", first), ended(going("b"), 5*ms)}, "a starts, (done)"},
		},
	} {
		f := follower{runs: make([]followed, 2)}
		for i, step := range steps {
			var told []string
			for _, e := range f.events(player.Snapshot{Runs: step.runs}, start.Add(step.at), false) {
				told = append(told, e.text)
			}
			if diff := cmp.Diff(step.told, strings.Join(told, ", ")); diff != "" {
				t.Errorf("%s, step %d: (-want +got)\n%s", name, i, diff)
			}
			if held := len(f.held) > 0; held != (f.ripe() != nil) {
				t.Errorf("%s, step %d: %d are held back, and somebody waits for them: %v", name, i, len(f.held), !held)
			}
		}
		if rest := f.events(player.Snapshot{Runs: steps[len(steps)-1].runs}, start, true); len(rest) != 0 {
			t.Errorf("%s: %v in the end", name, rest)
		}
	}
}
