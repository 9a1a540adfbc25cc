package export

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/findings"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
	"gosyncio/runner/timeline"
)

// reopened is what was written down of a comparison, and read again.
func reopened(t *testing.T, d *Document) player.Snapshot {
	t.Helper()
	var b bytes.Buffer
	if err := d.JSON(&b); err != nil {
		t.Fatal(err)
	}
	again, err := Read("the test", &b)
	if err != nil {
		t.Fatal(err)
	}
	return again.Snapshot()
}

// frames are what the stage shows of a comparison that has ended, in windows of
// several sizes and at several moments.
func frames(s player.Snapshot) (frames []string) {
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		live := stage.NewLive(stage.Options{Title: s.Lesson.ID, Caption: s.Values.String(), Palette: stage.NewPalette(false)})
		live.Show(stage.NewRecorded(s))
		frames = append(frames, strings.Join(live.Lines(size[0], size[1]), "\n"))
	}
	return append(frames, strings.Join(stage.NewTranscript(stage.NewRecorded(s)).Lines(), "\n"))
}

func TestARecordingIsShownAsTheRunsWere(t *testing.T) {
	t.Parallel()
	busy, missing, dead := tasks(t), tasks(t), tasks(t)
	busy.Runs[0].Status.Busy, busy.Runs[0].Cut = true, true
	busy.Runs[0].Status.Cost = &player.Cost{CPU: time.Second, Memory: 10 << 20}
	missing.Runs = missing.Runs[:1]
	dead.Runs[0].Status.Died, dead.Runs[0].Status.ExitCode = "panic: no route", 2
	for name, s := range map[string]player.Snapshot{
		"tasks, run":   played(t, "tasks"),
		"gather, run":  played(t, "gather"),
		"nested, run":  playedNested(t),
		"failed":       tasks(t),
		"busy and cut": busy, "one run": missing, "died": dead,
		"many lanes": crowd(1200),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(frames(s), frames(reopened(t, Of(s)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// crowd is a run of so many lanes: each waits for a second, the later the later.
func crowd(n int) player.Snapshot {
	run := player.Recording{
		Job:    player.Job{Part: player.Part{}},
		Status: player.Status{Phase: player.Ended, Traced: true, Elapsed: 2 * time.Second},
	}
	run.Job.Variant.Name = "concurrent"
	for i := range n {
		start := time.Duration(i) * time.Millisecond / 2
		run.Lanes = append(run.Lanes, timeline.NewLane(fmt.Sprintf("client %d", i),
			timeline.NewSpan(timeline.Running, start, start+100*time.Microsecond, "", ""),
			timeline.NewSpan(timeline.Waiting, start+100*time.Microsecond, start+time.Second, "network", "sockets.go:12")))
	}
	run.Count, run.Density = n, timeline.DensityOf(run.Lanes)
	s := player.Snapshot{Ended: true, Runs: []player.Recording{run}}
	s.Lesson.ID = "crowd"
	return s
}

func TestWhyThereIsNoPythonIsKept(t *testing.T) {
	t.Parallel()
	d := Of(tasks(t))
	d.object.PythonError = "there is no python3"
	s := reopened(t, d)
	if missing := s.Missing(); missing == nil || missing.What != "there is no python3" {
		t.Errorf("missing: %v", missing)
	}
}

func TestWhatAnotherVersionKnowsIsLeftOut(t *testing.T) {
	t.Parallel()
	read := func(text string) (s player.Snapshot, err error) {
		d, err := Read("it", strings.NewReader(text))
		if err == nil {
			s = d.Snapshot()
		}
		return s, err
	}
	const run = `"elapsed_ns":10,"traced":true,"output":[],"lanes":[{"name":"A","spans":[{"state":"dreaming","reason":"","start_ns":0,"end_ns":10}]}]`
	s, err := read(`{"lesson":"tomorrow","settings":{"x":"1"},"runs":[{"variant":"new","language":"go",` + run + `}]}`)
	if err != nil {
		t.Fatal(err)
	}
	span := s.Runs[0].Lanes[0].Span(0)
	if s.Lesson.ID != "tomorrow" || s.Runs[0].Job.Variant.Name != "new" || span.State != timeline.Waiting || span.Reason() != "dreaming" {
		t.Errorf("lesson %q, run %q, span %v %q", s.Lesson.ID, s.Runs[0].Job.Variant.Name, span.State, span.Reason())
	}
	s, err = read(`{"lesson":"tasks","settings":{"a":"5s","x":"1"},"runs":[]}`)
	if err != nil || s.Values.String() != "a=5s b=1s" {
		t.Errorf("settings %v, error %v", s.Values, err)
	}
	if _, err = read(`{"lesson":"tasks","settings":{},"runs":[{"variant":"new","language":"lisp",` + run + `}]}`); err == nil || !strings.Contains(err.Error(), "lisp") {
		t.Errorf("error %v", err)
	}
}

func TestFindingsAreKept(t *testing.T) {
	t.Parallel()
	want := [][]findings.Finding{{{Kind: "leak", Line: "main.go:3", Message: "m", Why: "w"}}, nil}
	d := Of(tasks(t)).Found(want)
	if diff := cmp.Diff(want, d.Findings()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
