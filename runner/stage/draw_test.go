package stage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons"
	"gosyncio/runner/golden"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const ms = time.Millisecond

// lane is a lane that is ready and runs for a moment, sleeps, and runs
// again for a moment before its end.
func lane(name string, start, end time.Duration) timeline.Lane {
	return timeline.NewLane(name,
		timeline.NewSpan(timeline.Ready, start, start+ms/10, "", ""),
		timeline.NewSpan(timeline.Running, start+ms/10, start+ms/5, "", ""),
		timeline.NewSpan(timeline.Waiting, start+ms/5, end-ms/10, "sleep", "tasks.go:19"),
		timeline.NewSpan(timeline.Running, end-ms/10, end, "", ""))
}

// panel is a run of a variant that took elapsed and has ended.
func panel(variant string, elapsed, ideal time.Duration, output []string, lanes ...timeline.Lane) Panel {
	status := player.Status{Phase: player.Ended, Traced: true, Elapsed: elapsed, Cost: &player.Cost{CPU: 4100 * time.Microsecond, Memory: 12_345_678}}
	for _, text := range output {
		status.Output = append(status.Output, player.Line{Text: text})
	}
	return Panel{Recording: player.Recording{
		Job:    player.Job{Part: player.Part{Variant: lessons.Variant{Name: variant}}, Ideal: ideal},
		Status: status, Lanes: lanes,
	}, At: elapsed}
}

// twoWorkers is the scene of the lesson tasks.
func twoWorkers() Scene {
	sequential := panel("sequential", 3001*ms, 3000*ms,
		[]string{"A started", "A finished after 2s", "B started", "B finished after 1s"},
		lane("A", 0, 2000*ms), lane("B", 2000*ms, 3001*ms))
	concurrent := panel("concurrent", 2001*ms, 2000*ms,
		[]string{"B started", "A started", "B finished after 1s", "A finished after 2s"},
		lane("A", 0, 2001*ms), lane("B", 0, 1000*ms))
	concurrent.Baseline = 3001 * ms
	return Scene{
		Title: "Tasks", Position: "lesson 3 of 5", Caption: "a=2s b=1s", Cursor: -1, Keys: "enter next   q quit",
		Panels: []Panel{sequential, concurrent}, Width: 120, Height: 40, Palette: NewPalette(false),
	}
}

// going is a scene in the middle of its runs.
func going(s Scene, at time.Duration) Scene {
	for i := range s.Panels {
		p := &s.Panels[i]
		p.Status.Phase, p.At, p.Status.Output = player.Going, at, p.Status.Output[:1]
		var lanes []timeline.Lane
		for _, l := range p.Lanes {
			if start := l.Span(0).Start; start <= at {
				lanes = append(lanes, timeline.NewLane(l.Name, timeline.NewSpan(timeline.Waiting, start, timeline.Open, "sleep", "tasks.go:19")))
			}
		}
		p.Lanes = lanes
	}
	return s
}

// many is a scene of a thousand lanes, ten at a time in one of its panels.
func many() Scene {
	var together, bounded []timeline.Lane
	for i := range 1000 {
		name := fmt.Sprint("page", i+1)
		together = append(together, lane(name, 0, 400*ms))
		start := time.Duration(i/10) * 40 * ms
		bounded = append(bounded, lane(name, start, start+40*ms))
	}
	return Scene{
		Title: "Fetching pages", Caption: "pages=1000", Cursor: -1, Width: 80, Height: 24, Palette: NewPalette(false),
		Panels: []Panel{panel("concurrent", 400*ms, 400*ms, []string{"Fetched"}, together...), panel("bounded", 4000*ms, 4000*ms, []string{"Fetched"}, bounded...)},
	}
}

func four() Scene {
	s := twoWorkers()
	s.Panels = append(s.Panels, s.Panels...)
	return s
}

// both is the scene of the lesson tasks in both languages, in Python a
// little slower.
func both() Scene {
	s := twoWorkers()
	inGo := s.Panels
	s.Panels = nil
	for _, p := range inGo {
		python := p
		python.Job.Language = player.Python
		python.Status.Elapsed += 200 * ms
		python.At += 200 * ms
		if python.Baseline > 0 {
			python.Baseline += 200 * ms
		}
		p.Twin, p.TwinLanguage = python.Status.Elapsed, player.Python
		s.Panels = append(s.Panels, python, p)
	}
	s.Width = 140
	return s
}

// before is s after another run, with other settings.
func before(s Scene) Scene {
	for i := range s.Panels {
		s.Panels[i].Before = time.Duration(i+1) * 1200 * ms
	}
	return s
}

func sized(s Scene, width, height int) Scene {
	s.Width, s.Height = width, height
	return s
}

func with(s Scene, change func(*Scene)) Scene {
	change(&s)
	return s
}

// scenes are drawn into golden files.
func scenes() map[string]Scene {
	return map[string]Scene{
		"two-120x40":  twoWorkers(),
		"two-80x24":   sized(twoWorkers(), 80, 24),
		"two-40x10":   sized(twoWorkers(), 40, 10),
		"two-30x8":    sized(twoWorkers(), 30, 8),
		"two-colours": with(twoWorkers(), func(s *Scene) { s.Palette = NewPalette(true) }),
		"two-cursor":  with(twoWorkers(), func(s *Scene) { s.Cursor = 1500 * ms }),
		"two-fill":    with(sized(twoWorkers(), 80, 30), func(s *Scene) { s.Fill = true }),
		"going":       going(twoWorkers(), 700*ms),
		"failed": with(twoWorkers(), func(s *Scene) {
			s.Panels[1].Status.Err = "signal: killed"
			s.Notes = []Note{{Text: "a note"}}
		}),
		"preparing": with(twoWorkers(), func(s *Scene) {
			for i := range s.Panels {
				s.Panels[i].Status, s.Panels[i].At, s.Panels[i].Lanes = player.Status{}, 0, nil
			}
		}),
		"four-80x24":  sized(four(), 80, 24),
		"four-120x40": four(),
		"both-140x40": both(),
		"both-80x24":  sized(both(), 80, 24),
		"both-40x10":  sized(both(), 40, 10),
		"both-30x8":   sized(both(), 30, 8),
		"both-cursor": with(both(), func(s *Scene) { s.Cursor = 1500 * ms }),
		"predicted": with(twoWorkers(), func(s *Scene) {
			s.Panels[1].Mark = 3000 * ms
			s.Notes = []Note{{Text: "◆ you said 3 s, it was 2 s. Both wait at once."}}
		}),
		"before-120x40": before(twoWorkers()),
		"before-80x24":  sized(before(both()), 80, 24),
		"one-sided": with(both(), func(s *Scene) { // Go has no sequential, Python no concurrent
			s.Panels = []Panel{s.Panels[0], s.Panels[3]}
		}),
		"thousand-80x24":  many(),
		"thousand-120x40": sized(many(), 120, 40),
		"thousand-cursor": with(many(), func(s *Scene) { s.Cursor = 200 * ms }),
		"one-80x24":       with(sized(twoWorkers(), 80, 24), func(s *Scene) { s.Panels = s.Panels[:1] }),
		"nothing-to-draw": with(twoWorkers(), func(s *Scene) { s.Panels = nil; s.Notes = []Note{{Text: "it could not be started"}} }),
	}
}

func TestDraw(t *testing.T) {
	for name, scene := range scenes() {
		t.Run(name, func(t *testing.T) {
			golden.Check(t, name, strings.Join(Draw(scene), "\n"))
		})
	}
}

// Whatever the size of the window, nothing is drawn outside it.
func TestDrawStaysInsideTheWindow(t *testing.T) {
	for name, scene := range scenes() {
		for _, width := range []int{0, 1, 7, 39, 40, 41, 60, 99, 100, 101, 200} {
			for _, height := range []int{0, 1, 2, 9, 10, 11, 15, 24, 60} {
				for _, cursor := range []time.Duration{-1, 0, 1500 * ms, time.Hour} {
					s := sized(scene, width, height)
					s.Cursor = cursor
					lines := Draw(s)
					if len(lines) > height {
						t.Errorf("%s at %d×%d: %d lines", name, width, height, len(lines))
					}
					for _, line := range lines {
						if w := ansi.StringWidth(line); w > width {
							t.Errorf("%s at %d×%d: a line is %d wide: %q", name, width, height, w, line)
						}
					}
				}
			}
		}
	}
}

// With and without colours, the text is the same: state is told by glyphs.
func TestColoursAddNothingButColour(t *testing.T) {
	for name, scene := range scenes() {
		scene.Palette = NewPalette(false)
		plain := strings.Join(Draw(scene), "\n")
		scene.Palette = NewPalette(true)
		if stripped := ansi.Strip(strings.Join(Draw(scene), "\n")); stripped != plain {
			t.Errorf("%s (-plain +stripped):\n%s", name, cmp.Diff(plain, stripped))
		}
		if ansi.Strip(plain) != plain {
			t.Errorf("%s has escape sequences without colours", name)
		}
	}
}

func TestRewindShowsARunInTheMiddle(t *testing.T) {
	p := twoWorkers().Panels[1]
	p.Status.Output = []player.Line{{At: 0, Text: "A started"}, {At: 1000 * ms, Text: "B finished"}}
	whole := p
	p.rewind(700 * ms)
	if p.At != 700*ms || p.Status.Phase != player.Going || len(p.Status.Output) != 1 {
		t.Errorf("at %v, phase %d, output %v", p.At, p.Status.Phase, p.Status.Output)
	}
	whole.rewind(2001 * ms)
	if whole.At != 2001*ms || whole.Status.Phase != player.Ended || len(whole.Status.Output) != 2 {
		t.Errorf("at its end: at %v, phase %d, output %v", whole.At, whole.Status.Phase, whole.Status.Output)
	}
}

// Output stands behind its times, from top to bottom, and where there is no
// room for all of it the learner scrolls.
func TestFlow(t *testing.T) {
	var six []player.Line
	for i, text := range []string{"one", "two", "three", "four", "five", "six"} {
		six = append(six, player.Line{At: time.Duration(i) * 500 * ms, Text: text})
	}
	all := []string{"0.00 s  one", "0.50 s  two", "1.00 s  three", "1.50 s  four", "2.00 s  five", "2.50 s  six"}
	s := twoWorkers()
	for _, tt := range []struct {
		room, scroll int
		want         []string
	}{
		{6, 0, all}, {7, 3, all}, {2, 0, all[4:]}, {2, 1, all[3:5]}, {2, 4, all[:2]}, {2, 9, all[:2]}, {1, 0, all[5:]}, {0, 0, nil},
	} {
		s.Scroll = tt.scroll
		if diff := cmp.Diff(tt.want, s.flow(six, tt.room, 20)); diff != "" {
			t.Errorf("%d lines, %d back (-want +got):\n%s", tt.room, tt.scroll, diff)
		}
	}
	for _, p := range s.Panels {
		p.Status.Elapsed, p.At, p.Job.Ideal = 20*ms, 20*ms, 20*ms
		s.Panels = []Panel{p}
	}
	if diff := cmp.Diff([]string{" 0.3 ms  one"}, s.flow([]player.Line{{At: 300 * time.Microsecond, Text: "one"}}, 1, 20)); diff != "" {
		t.Errorf("in milliseconds (-want +got):\n%s", diff)
	}
}

func TestLongLinesAreWrappedIfThereIsRoom(t *testing.T) {
	output := []player.Line{{Text: "tasks.py:3: RuntimeWarning: it was never awaited"}, {Text: "short"}}
	for _, tt := range []struct {
		room int
		want []string
	}{
		{4, []string{"0.00 s  tasks.py:3:", "          RuntimeWarning: it", "          was never awaited", "0.00 s  short"}},
		{3, []string{"          RuntimeWarning: it", "          was never awaited", "0.00 s  short"}},
		{1, []string{"0.00 s  short"}},
	} {
		if diff := cmp.Diff(tt.want, twoWorkers().flow(output, tt.room, 31)); diff != "" {
			t.Errorf("%d lines (-want +got):\n%s", tt.room, diff)
		}
	}
}
