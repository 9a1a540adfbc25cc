package stage

import (
	"math"
	"slices"
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

// ruler maps a time from 0 to scale on a bar of width cells.
type ruler struct {
	scale time.Duration
	width int
}

// cell is the cell that holds time t.
func (r ruler) cell(t time.Duration) int {
	return min(int(float64(t)/float64(r.scale)*float64(r.width)), r.width-1)
}

// time is the time at which cell i begins.
func (r ruler) time(i int) time.Duration {
	return time.Duration(float64(r.scale) / float64(r.width) * float64(i))
}

// states is what the lane did in each cell up to now: the state that took
// most of the cell's time, if that is half of it, or more of the state lies
// beside the cell. Any other would be one of several by chance. A cell with
// anything in it is never empty.
func (r ruler) states(lane timeline.Lane, now time.Duration) []timeline.State {
	cells := make([]timeline.State, r.width)
	for i := range cells {
		cells[i] = empty
	}
	var spent [timeline.States]time.Duration
	var goesOn [timeline.States]bool // beyond the cell, and not for a moment only
	half := time.Duration(float64(r.scale) / float64(r.width) / 2)
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
	for span := range lane.Spans() {
		end := min(span.End, now)
		if span.Start >= end {
			continue
		}
		first, last := r.cell(span.Start), r.cell(end-1)
		long := first < last && end-span.Start >= half || end == now && now < span.End
		for i := first; i <= last; i++ {
			if i != current {
				settle()
				current = i
			}
			spent[span.State] += min(end, r.time(i+1)) - max(span.Start, r.time(i)) + 1
			goesOn[span.State] = goesOn[span.State] || long
		}
	}
	settle()
	return cells
}

// manyLanes are so many that to look at each for every frame takes too long.
// Whether a few of them are shown does not matter then.
const manyLanes = 1000

// fold is what there is to say of a run's lanes if only so many are shown: how
// many of the others were in each state in each cell, on average, how many of
// all lanes there were at most at a time, and how many of the others.
func (r ruler) fold(p Panel, shown int) (averages [timeline.States][]float64, all, most int) {
	if p.count() > manyLanes {
		peak := p.Density.Peak(p.At)
		return p.Density.Averages(r.scale, r.width, p.At), peak, peak
	}
	others := p.Lanes[shown:]
	return r.averages(others, p.At), peak(p.Lanes, p.At), peak(others, p.At)
}

// averages is how many of the lanes were in each state in each cell up to
// now, on average over the cell's time.
func (r ruler) averages(lanes []timeline.Lane, now time.Duration) [timeline.States][]float64 {
	var averages [timeline.States][]float64
	for state := range averages {
		averages[state] = make([]float64, r.width)
	}
	cell := float64(r.scale) / float64(r.width)
	for _, lane := range lanes {
		for span := range lane.Spans() {
			end := min(span.End, now)
			if span.Start >= end {
				continue
			}
			of := averages[span.State]
			first, last := r.cell(span.Start), r.cell(end-1)
			for i := first; i <= last; i++ {
				from, to := max(float64(span.Start), cell*float64(i)), min(float64(end), cell*float64(i+1))
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
func (p Palette) axis(r ruler, mark time.Duration, cursor int) string {
	const perLabel = 8
	step := tick(r.scale, r.width/perLabel)
	line := []rune(strings.Repeat(" ", r.width+perLabel))
	pointers := map[int]rune{}
	if mark > 0 && mark <= r.scale {
		pointers[r.cell(mark)] = marked
	}
	if cursor >= 0 {
		pointers[cursor] = '▲'
	}
	for t := time.Duration(0); t <= r.scale; t += step {
		at := int(float64(t) / float64(r.scale) * float64(r.width))
		label := []rune(unitOf(r.scale).label(t))
		// Half a label would be another time, and so would two in one.
		free := at+1+len(label) <= r.width+axisMargin && line[at] == ' ' && (at == 0 || line[at-1] == ' ')
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
	return p.Faint(strings.TrimRight(string(line[:r.width+axisMargin]), " "))
}
