package stage

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/timeline"
)

// A cell shows the state that took most of it, and a moment is never lost.
func TestCells(t *testing.T) {
	r := Ruler{Scale: 100, Width: 10}
	span := func(state timeline.State, start, end time.Duration) timeline.Span {
		return timeline.NewSpan(state, start, end, "", "")
	}
	l := timeline.NewLane("",
		span(timeline.Ready, 0, 14), span(timeline.Running, 14, 20),
		span(timeline.Waiting, 45, 46), span(timeline.Running, 59, 61), span(timeline.Syscall, 80, timeline.Open),
	)
	cells := r.states(l, 100)
	var got strings.Builder
	for _, c := range cells {
		switch c {
		case empty:
			got.WriteString(" ")
		case brief:
			got.WriteString(briefGlyph)
		default:
			got.WriteString(glyphs[c])
		}
	}
	if want := "▒█  ··· ▄▄"; got.String() != want {
		t.Errorf("cells = %q, want %q", got.String(), want)
	}
}

// However short they are there together, as many as there were are counted.
func TestPeak(t *testing.T) {
	apart, together := []timeline.Lane{}, []timeline.Lane{}
	for i := range 100 {
		at := time.Duration(i) * 10 * ms
		apart = append(apart, lane("", at, at+10*ms))
		together = append(together, lane("", 500*ms, 501*ms))
	}
	gap := timeline.NewLane("",
		timeline.NewSpan(timeline.Running, 0, ms, "", ""),
		timeline.NewSpan(timeline.Running, 2*ms, timeline.Open, "", ""),
	)
	for _, tt := range []struct {
		lanes []timeline.Lane
		now   time.Duration
		want  int
	}{{nil, time.Second, 0}, {apart, time.Second, 1}, {together, time.Second, 100}, {together, 400 * ms, 0}, {append(together, apart...), time.Second, 101}, {[]timeline.Lane{gap, gap}, 3 * ms, 2}} {
		if got := peak(tt.lanes, tt.now); got != tt.want {
			t.Errorf("%d lanes until %v: peak %d, want %d", len(tt.lanes), tt.now, got, tt.want)
		}
	}
}

func TestAverages(t *testing.T) {
	lanes := []timeline.Lane{
		timeline.NewLane("", timeline.NewSpan(timeline.Waiting, 0, 15*ms, "", ""), timeline.NewSpan(timeline.Running, 15*ms, 20*ms, "", "")),
		timeline.NewLane("", timeline.NewSpan(timeline.Waiting, 10*ms, timeline.Open, "", "")),
	}
	got := Ruler{Scale: 40 * ms, Width: 4}.averages(lanes, 35*ms)
	if diff := cmp.Diff([][]float64{{1, 1.5, 1, 0.5}, {0, 0.5, 0, 0}}, [][]float64{got[timeline.Waiting], got[timeline.Running]}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A label is never half covered: it makes way for what points at its time,
// and is left out where something else stands.
func TestAxisPointers(t *testing.T) {
	r := Ruler{Scale: time.Second, Width: 40}
	for _, tt := range []struct {
		mark   time.Duration
		cursor int
		want   string
	}{
		{0, -1, "╵0s     ╵0.2s   ╵0.4s   ╵0.6s   ╵0.8s   ╵1s"},
		{200 * ms, -1, "╵0s     ◆0.2s   ╵0.4s   ╵0.6s   ╵0.8s   ╵1s"},
		{250 * ms, -1, "╵0s     ╵ ◆     ╵0.4s   ╵0.6s   ╵0.8s   ╵1s"},
		{200 * ms, 0, "▲0s     ◆0.2s   ╵0.4s   ╵0.6s   ╵0.8s   ╵1s"},
		{200 * ms, 8, "╵0s     ▲0.2s   ╵0.4s   ╵0.6s   ╵0.8s   ╵1s"},
		{time.Second, 1, "╵▲      ╵0.2s   ╵0.4s   ╵0.6s   ╵0.8s  ◆╵1s"},
	} {
		if got := NewPalette(false).axis(r, tt.mark, tt.cursor); got != tt.want {
			t.Errorf("mark %v, cursor %d:\n%s\nwant\n%s", tt.mark, tt.cursor, got, tt.want)
		}
	}
}

// All the times of an axis are in one unit.
func TestAxisUnits(t *testing.T) {
	for _, tt := range []struct {
		scale time.Duration
		want  string
	}{
		{100 * time.Microsecond, "╵0µs    ╵20µs   ╵40µs   ╵60µs   ╵80µs   ╵100µs"},
		{1500 * time.Microsecond, "╵0ms         ╵0.5ms       ╵1ms          ╵1.5ms"},
		{400 * ms, "╵0ms      ╵100ms    ╵200ms    ╵300ms    ╵400ms"},
		{3 * time.Second, "╵0s          ╵1s          ╵2s           ╵3s"},
		{90 * time.Second, "╵0s     ╵20s     ╵40s     ╵60s     ╵80s"},
		{time.Hour, "╵0min        ╵20min       ╵40min        ╵60min"},
		{30 * time.Hour, "╵0h          ╵10h         ╵20h          ╵30h"},
	} {
		if got := NewPalette(false).axis(Ruler{Scale: tt.scale, Width: 40}, 0, -1); got != tt.want {
			t.Errorf("%v:\n%s\nwant\n%s", tt.scale, got, tt.want)
		}
	}
}

// A label that the end of the axis would cut is left out.
func TestAxisEnd(t *testing.T) {
	for width := 10; width < 100; width++ {
		axis := NewPalette(false).axis(Ruler{Scale: time.Hour + 58*time.Minute, Width: width}, 0, -1)
		for _, label := range strings.Fields(axis) {
			label = strings.Trim(label, "╵") // a mark may stand alone
			number, ok := strings.CutSuffix(label, "min")
			if at, err := strconv.Atoi(number); label != "" && (!ok || err != nil || at%10 != 0) {
				t.Errorf("%d cells: %s in %q", width, label, axis)
			}
		}
	}
}
