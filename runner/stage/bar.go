package stage

import (
	"iter"
	"math"
	"slices"
	"sort"
	"strings"
	"time"

	"gosyncio/runner/timeline"
)

// Besides the states, a cell of a bar may be empty, as the lane did not exist,
// or brief: what the lane did there was over sooner than the cell.
const (
	empty = timeline.States + iota
	brief
)

// A Ruler maps the times from From to From+Scale on a bar of Width cells.
type Ruler struct {
	From, Scale time.Duration
	Width       int
}

// cell is the cell that holds time t.
func (r Ruler) cell(t time.Duration) int {
	return min(int(float64(t-r.From)/float64(r.Scale)*float64(r.Width)), r.Width-1)
}

// time is the time at which cell i begins.
func (r Ruler) time(i int) time.Duration {
	return r.From + time.Duration(float64(r.Scale)/float64(r.Width)*float64(i))
}

// spans are what a lane did between the ruler's beginning and now, cut at both.
func (r Ruler) spans(lane timeline.Lane, now time.Duration) iter.Seq2[timeline.Span, bool] {
	return func(yield func(timeline.Span, bool) bool) {
		first := sort.Search(lane.Len(), func(i int) bool { return lane.Span(i).End > r.From })
		for i := first; i < lane.Len(); i++ {
			span := lane.Span(i)
			goesOn := now < span.End
			span.Start, span.End = max(span.Start, r.From), min(span.End, now)
			if span.Start >= now {
				return
			}
			if span.Start < span.End && !yield(span, goesOn) {
				return
			}
		}
	}
}

// states is what the lane did in each cell up to now: the state that took
// most of the cell's time, if that is half of it, or more of the state lies
// beside the cell. Any other would be one of several by chance. A cell with
// anything in it is never empty.
func (r Ruler) states(lane timeline.Lane, now time.Duration) []timeline.State {
	cells := make([]timeline.State, r.Width)
	for i := range cells {
		cells[i] = empty
	}
	var spent [timeline.States]time.Duration
	var goesOn [timeline.States]bool // beyond the cell, and not for a moment only
	half := time.Duration(float64(r.Scale) / float64(r.Width) / 2)
	current := -1 // the cell that spent counts for
	settle := func() {
		if current < 0 {
			return
		}
		best := time.Duration(-1)
		for state, d := range spent {
			if d > best && d > 0 {
				cells[current], best = timeline.State(state), d
			}
		}
		if best > 0 && best < half && !goesOn[cells[current]] {
			cells[current] = brief
		}
		spent, goesOn = [timeline.States]time.Duration{}, [timeline.States]bool{}
	}
	for span, open := range r.spans(lane, now) {
		first, last := r.cell(span.Start), r.cell(span.End-1)
		long := first < last && span.End-span.Start >= half || open
		for i := first; i <= last; i++ {
			if i != current {
				settle()
				current = i
			}
			spent[span.State] += min(span.End, r.time(i+1)) - max(span.Start, r.time(i)) + 1
			goesOn[span.State] = goesOn[span.State] || long
		}
	}
	settle()
	return cells
}

// ManyLanes are so many that to look at each for every frame takes too long: a
// glance at so many is enough for a frame.
// Whether a few of them are shown does not matter then.
const ManyLanes = 1000

// fold is what there is to say of a run's lanes if only so many are shown: how
// many of the others were in each state in each cell, on average, how many of
// all lanes there were at most at a time, and how many of the others.
func (r Ruler) fold(p Panel, shown int) (averages [timeline.States][]float64, all, most int) {
	if p.count() > ManyLanes {
		peak := p.Density.Peak(p.At)
		return p.Density.Averages(r.Scale, r.Width, p.At), peak, peak
	}
	others := p.Lanes[shown:]
	return r.averages(others, p.At), peak(p.Lanes, p.At), peak(others, p.At)
}

// averages is how many of the lanes were in each state in each cell up to
// now, on average over the cell's time.
func (r Ruler) averages(lanes []timeline.Lane, now time.Duration) [timeline.States][]float64 {
	var averages [timeline.States][]float64
	for state := range averages {
		averages[state] = make([]float64, r.Width)
	}
	cell := float64(r.Scale) / float64(r.Width)
	for _, lane := range lanes {
		for span := range r.spans(lane, now) {
			of := averages[span.State]
			start, end := float64(span.Start-r.From), float64(span.End-r.From)
			first, last := r.cell(span.Start), r.cell(span.End-1)
			for i := first; i <= last; i++ {
				from, to := max(start, cell*float64(i)), min(end, cell*float64(i+1))
				of[i] += max(to-from, 0) / cell
			}
		}
	}
	return averages
}

// peak is how many of the lanes there were at most at one time up to now.
func peak(lanes []timeline.Lane, now time.Duration) int {
	// A number for each time that one comes or goes: twice the time, and one
	// more if it comes, so that who goes at that time goes first.
	var times []int64
	for _, lane := range lanes {
		until := time.Duration(-1)
		for span := range lane.Spans() {
			end := min(span.End, now)
			switch {
			case span.Start >= end:
				continue
			case span.Start <= until: // it goes on
				times[len(times)-1] = 2 * int64(end)
			default:
				times = append(times, 2*int64(span.Start)+1, 2*int64(end))
			}
			until = end
		}
	}
	slices.Sort(times)
	there, most := 0, 0
	for _, t := range times {
		if t%2 == 0 {
			there--
			continue
		}
		there++
		most = max(most, there)
	}
	return most
}

// bar draws cells, each run of one state in its colour. cursor is the cell
// to mark, or -1.
func (p Palette) bar(cells []timeline.State, cursor int) string {
	var b strings.Builder
	for i := 0; i < len(cells); {
		if i == cursor {
			b.WriteString(p.cursor.Sprint("│"))
			i++
			continue
		}
		j := i
		for j < len(cells) && cells[j] == cells[i] && j != cursor {
			j++
		}
		switch state := cells[i]; state {
		case empty:
			b.WriteString(strings.Repeat(" ", j-i))
		case brief:
			b.WriteString(p.Faint(strings.Repeat(briefGlyph, j-i)))
		default:
			b.WriteString(p.states[state].Sprint(strings.Repeat(glyphs[state], j-i)))
		}
		i = j
	}
	return b.String()
}

// density draws how many of total lanes were in one state in each cell, on
// average. A cell with anything in it is never empty.
func (p Palette) density(state timeline.State, averages []float64, total, cursor int) string {
	var b strings.Builder
	for i, n := range averages {
		switch {
		case i == cursor:
			b.WriteString("│")
		case n == 0:
			b.WriteString(" ")
		default:
			of := n / float64(total) * float64(len(heights)-1)
			b.WriteString(heights[min(int(math.Round(of)), len(heights)-1)])
		}
	}
	return p.states[state].Sprint(strings.TrimRight(b.String(), " "))
}

// axisMargin is how far the last label may stand out to the right.
const axisMargin = 6

// marked stands on the axis where something was predicted.
const marked = '◆'

// axis draws the marks below the bars, and what stands at them. mark is a
// time to point at, 0 is none, and cursor a cell, -1 is none.
func (p Palette) axis(r Ruler, mark time.Duration, cursor int) string {
	const perLabel = 8
	step := tick(r.Scale, r.Width/perLabel)
	line := []rune(strings.Repeat(" ", r.Width+perLabel))
	pointers := map[int]rune{}
	if mark > r.From && mark <= r.From+r.Scale {
		pointers[r.cell(mark)] = marked
	}
	if cursor >= 0 {
		pointers[cursor] = '▲'
	}
	for t := (r.From + step - 1) / step * step; t <= r.From+r.Scale; t += step {
		at := int(float64(t-r.From) / float64(r.Scale) * float64(r.Width))
		label := []rune(unitOf(r.Scale).label(t))
		// Half a label would be another time, and so would two in one.
		free := at+1+len(label) <= r.Width+axisMargin && line[at] == ' ' && (at == 0 || line[at-1] == ' ')
		for i := range label {
			if _, there := pointers[at+1+i]; there {
				free = false
			}
		}
		if free {
			copy(line[at+1:], label)
		}
		if line[at] == ' ' {
			line[at] = tickGlyph
		}
	}
	for at, pointer := range pointers {
		line[at] = pointer
	}
	return p.Faint(strings.TrimRight(string(line[:r.Width+axisMargin]), " "))
}
