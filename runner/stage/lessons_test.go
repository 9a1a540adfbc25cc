package stage

import (
	"encoding/json"
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
	"gosyncio/runner/timeline"
)

// recorded are the runs of a lesson as they were made once: the output of
//
//	gosyncio run LESSON --with both --json
//
// (with few clients for sockets and few adders for rules, to keep it small),
// in testdata/lessons.
func recorded(t *testing.T, lesson lessons.Lesson) (settings string, panels []Panel) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "lessons", lesson.ID+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Settings map[string]string
		Runs     []struct {
			Variant, Language string
			Elapsed           time.Duration `json:"elapsed_ns"`
			Ideal             time.Duration `json:"ideal_ns"`
			Traced, Busy      bool
			Cost              *struct {
				CPU    time.Duration `json:"cpu_ns"`
				Memory int64         `json:"memory_bytes"`
			}
			Output []struct {
				At   time.Duration `json:"at_ns"`
				Text string
			}
			Lanes []struct {
				Name  string
				Spans []struct {
					State, Reason, Where string
					Start                time.Duration `json:"start_ns"`
					End                  time.Duration `json:"end_ns"`
				}
			}
		}
	}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	values := lesson.Defaults()
	for name, text := range c.Settings {
		if text == "" {
			continue // no addresses of one's own
		}
		if values, err = values.With(name, text); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range c.Runs {
		variant, err := lesson.Variant(r.Variant)
		if err != nil {
			t.Fatal(err)
		}
		language := player.Go
		if r.Language == player.Python.ID() {
			language = player.Python
		}
		run := player.Recording{
			Job:    player.Job{Part: player.Part{Variant: variant, Language: language}, Lesson: lesson, Values: values, Ideal: r.Ideal},
			Status: player.Status{Phase: player.Ended, Elapsed: r.Elapsed, Traced: r.Traced, Busy: r.Busy},
		}
		if r.Cost != nil {
			run.Status.Cost = &player.Cost{CPU: r.Cost.CPU, Memory: r.Cost.Memory}
		}
		for _, line := range r.Output {
			run.Status.Output = append(run.Status.Output, player.Line{At: line.At, Text: line.Text})
		}
		for _, l := range r.Lanes {
			var spans []timeline.Span
			for _, s := range l.Spans {
				spans = append(spans, timeline.NewSpan(stateOf(t, s.State), s.Start, s.End, s.Reason, s.Where))
			}
			run.Lanes = append(run.Lanes, timeline.NewLane(l.Name, spans...))
		}
		panels = append(panels, Panel{Recording: run})
	}
	return values.String(), panels
}

func stateOf(t *testing.T, name string) timeline.State {
	t.Helper()
	for state := range timeline.States {
		if state.String() == name {
			return state
		}
	}
	t.Fatalf("there is no state %q", name)
	return 0
}

// The stage of each lesson, as its learners see it in the two usual windows.
func TestTheStageOfEachLesson(t *testing.T) {
	t.Parallel()
	for _, lesson := range lessons.All() {
		t.Run(lesson.ID, func(t *testing.T) {
			t.Parallel()
			settings, panels := recorded(t, lesson)
			f := newFake(panels...)
			f.snapshot.Lesson = lesson
			f.end()
			for _, size := range [][2]int{{80, 24}, {120, 40}} {
				l := NewLive(Options{
					Title: lesson.ID, Caption: settings, Palette: NewPalette(false), Fill: true,
					KeysGoing: "q quit", KeysEnded: "enter next   q quit   b back   c change", MoreEnded: "   r again   p Python",
				})
				l.Show(f)
				l.scroll, l.replay = 0, time.Time{} // at its end
				golden.Check(t, fmt.Sprintf("lesson-%s-%dx%d", lesson.ID, size[0], size[1]), strings.Join(l.Lines(size[0], size[1]), "\n"))
			}
		})
	}
}

// What a page tells the learner to look for has room in the smaller window:
// no lane of a lesson with few of them is folded, and the last lines of each
// output can be turned to.
func TestAllLanesHaveRoom(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"eventloop", "coroutines", "tasks", "gather", "fetch"} {
		lesson := lessons.All()[slices.IndexFunc(lessons.All(), func(l lessons.Lesson) bool { return l.ID == id })]
		_, panels := recorded(t, lesson)
		l := newLive()
		l.Show(ended(panels...))
		shown := strings.Join(l.Lines(80, 24), "\n")
		for _, p := range panels {
			if p.Job.Variant.Name != "concurrent" {
				continue
			}
			for _, lane := range p.Lanes {
				if !strings.Contains(shown, "\n "+lane.Name) {
					t.Errorf("%s: no lane %s in\n%s", id, lane.Name, shown)
				}
			}
			last := p.Status.Output[len(p.Status.Output)-1].Text
			if !strings.Contains(shown, last[:min(len(last), 10)]) {
				t.Errorf("%s %v: no %q in\n%s", id, p.Job.Language, last, shown)
			}
		}
	}
}

// However much there is to say below, a line of output has room, and a key for
// the others. Where there is room all is said.
func TestNotesGiveWayToOutput(t *testing.T) {
	t.Parallel()
	lesson := lessons.All()[slices.IndexFunc(lessons.All(), func(l lessons.Lesson) bool { return l.ID == "cpubound" })]
	_, panels := recorded(t, lesson)
	f := newFake(panels...)
	f.snapshot.Lesson = lesson
	f.end()
	long := "you said 2 times faster: right. " + strings.Repeat("The goroutines run on all CPUs at once, as the processes do. ", 4)
	const inTurn = "run one after the other, for they would take the CPUs from each other; played together"
	for _, tt := range []struct {
		expected    Prediction
		rows        int
		says, hides []string
	}{
		{nil, 24, []string{"↑↓ more", "cpu: Python 855 ms, 881 ms, 1.00 s; Go 535 ms, 532 ms, 532 ms", "run one after the other; played together"}, nil},
		{says(long), 24, []string{"↑↓ more", "you said 2 times faster: right", "…"}, []string{"for they would"}},
		{says(long), 40, []string{"cpu: sequential Python 855 ms", "take the CPUs from each other"}, []string{"…"}},
	} {
		l := newLive()
		l.Predict(tt.expected)
		l.Show(f)
		l.scroll, l.replay = 0, time.Time{}
		shown := strings.Join(l.Lines(80, tt.rows), "\n")
		last := panels[len(panels)-1].Status.Output
		for _, says := range append(tt.says, last[len(last)-1].Text) {
			if !strings.Contains(shown, says) {
				t.Errorf("%d rows: no %q in\n%s", tt.rows, says, shown)
			}
		}
		for _, hides := range tt.hides {
			if strings.Contains(shown, hides) {
				t.Errorf("%d rows: %q in\n%s", tt.rows, hides, shown)
			}
		}
		if notes := strings.Join(l.Notes(), " "); !strings.Contains(notes, inTurn) {
			t.Errorf("in text: %q", notes)
		}
	}
}

// says is a prediction that says something.
type says string

func (says) Mark() (mark time.Duration, kind player.Kind) { return 0, kind }
func (s says) Notes(player.Snapshot, bool) []string       { return []string{string(s)} }
