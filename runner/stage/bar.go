package stage

import (
	"strings"
	"time"

	"gosyncio/runner/timeline"
)

// empty is the cell of a bar in which the lane did not exist.
const empty = timeline.States

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
// most of the cell's time. A cell with anything in it is never empty.
func (r ruler) states(lane *timeline.Lane, now time.Duration) []timeline.State {
	cells := make([]timeline.State, r.width)
	for i := range cells {
		cells[i] = empty
	}
	var spent [timeline.States]time.Duration
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
		spent = [timeline.States]time.Duration{}
	}
	for _, span := range lane.Spans {
		end := min(span.End, now)
		if span.Start >= end {
			continue
		}
		first, last := r.cell(span.Start), r.cell(end-1)
		for i := first; i <= last; i++ {
			if i != current {
				settle()
				current = i
			}
			spent[span.State] += min(end, r.time(i+1)) - max(span.Start, r.time(i)) + 1
		}
	}
	settle()
	return cells
}

// counts is how many of the lanes were in each state in the middle of each
// cell up to now.
func (r ruler) counts(lanes []*timeline.Lane, now time.Duration) [timeline.States][]int {
	var counts [timeline.States][]int
	for state := range counts {
		counts[state] = make([]int, r.width)
	}
	half := r.time(1) / 2
	for _, lane := range lanes {
		for _, span := range lane.Spans {
			end := min(span.End, now)
			// The first cell whose middle is not before the start.
			for i := r.cell(span.Start); i < r.width; i++ {
				middle := r.time(i) + half
				if middle >= end {
					break
				}
				if middle >= span.Start {
					counts[span.State][i]++
				}
			}
		}
	}
	return counts
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
		if cells[i] == empty {
			b.WriteString(strings.Repeat(" ", j-i))
		} else {
			b.WriteString(p.states[cells[i]].Sprint(strings.Repeat(glyphs[cells[i]], j-i)))
		}
		i = j
	}
	return b.String()
}

// heights are the glyphs of a density row, from few to all.
var heights = []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}

// density draws how many of total lanes were in one state in each cell.
func (p Palette) density(state timeline.State, counts []int, total, cursor int) string {
	var b strings.Builder
	for i, n := range counts {
		switch {
		case i == cursor:
			b.WriteString("│")
		case n == 0:
			b.WriteString(" ")
		default:
			b.WriteString(heights[(n*len(heights)-1)/total])
		}
	}
	return p.states[state].Sprint(strings.TrimRight(b.String(), " "))
}

// axisMargin is how far the last label may stand out to the right.
const axisMargin = 5

// marked stands on the axis where something was predicted.
const marked = '◆'

// axis draws the marks below the bars, and what stands at them. mark is a
// time to point at, 0 is none, and cursor a cell, -1 is none.
func (p Palette) axis(r ruler, mark time.Duration, cursor int) string {
	const perLabel = 8
	step := tick(r.scale, r.width/perLabel)
	line := []rune(strings.Repeat(" ", r.width+perLabel))
	for t := time.Duration(0); t <= r.scale; t += step {
		at := int(float64(t) / float64(r.scale) * float64(r.width))
		copy(line[at:], []rune(t.String()))
	}
	if mark > 0 && mark <= r.scale {
		line[r.cell(mark)] = marked
	}
	if cursor >= 0 {
		line[cursor] = '▲'
	}
	return p.faint.Sprint(strings.TrimRight(string(line[:r.width+axisMargin]), " "))
}
