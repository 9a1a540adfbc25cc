package stage

import (
	"math"
	"slices"
	"strings"
	"time"

	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// Bar draws what a lane did up to now.
func (p Palette) Bar(r Ruler, lane timeline.Lane, now time.Duration) string {
	return p.bar(r.states(lane, now), -1)
}

// Crowd draws how many of the lanes were there in each cell up to now, on
// average, beside the most that were; each cell in the colour of the state in
// which most of them were.
func (p Palette) Crowd(r Ruler, lanes []timeline.Lane, now time.Duration) string {
	averages := r.averages(lanes, now)
	totals := make([]float64, r.Width)
	for i := range totals {
		for state := range averages {
			totals[i] += averages[state][i]
		}
	}
	most := max(slices.Max(totals), math.SmallestNonzeroFloat64)
	var b strings.Builder
	for i, total := range totals {
		if total == 0 {
			b.WriteString(" ")
			continue
		}
		state := timeline.State(0)
		for s := range averages {
			if averages[s][i] > averages[state][i] {
				state = timeline.State(s)
			}
		}
		height := heights[int(math.Round(total/most*float64(len(heights)-1)))]
		b.WriteString(p.states[state].Sprint(height))
	}
	return strings.TrimRight(b.String(), " ")
}

// Axis draws the marks below bars.
func (p Palette) Axis(r Ruler) string { return p.axis(r, 0, -1) }

// AxisMargin is how far an axis may be longer than the bars above it.
const AxisMargin = axisMargin

// Legend says which glyph is what, in the languages that are shown.
func (p Palette) Legend(width int, languages ...player.Language) string {
	s := Scene{Palette: p, Width: width}
	for _, language := range languages {
		s.Panels = append(s.Panels, Panel{Recording: player.Recording{Job: player.Job{Part: player.Part{Language: language}}}})
	}
	return s.legend()
}

// Doing is what a lane does in a span, and why: "waiting: sleep".
func Doing(span timeline.Span) string { return doing(span) }
