package stage

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/timeline"
)

// maxLabel is the most columns that the names of lanes get.
const maxLabel = 12

// grid is how the panels of a scene share its window. All have one scale
// and one width, so that their times line up.
type grid struct {
	rows    []gridRow
	width   int // of a panel
	label   int // of the names of lanes
	ruler   ruler
	cursor  int  // the cell that is looked at, or -1
	before  bool // there is a line for the run before
	compact bool // one line of text a panel, one axis for all
}

// gridRow is a row of panels beside each other.
type gridRow struct {
	panels []*Panel // nil where there is none
	lanes  int      // the most that one of them has
	lines  int      // the most text that one of them has
	bars   int      // rows it gets for lanes
	text   int      // rows it gets for text
}

// grid shares out room lines. Every row of panels first gets what it needs
// at least, then what its lanes need, then what its text needs.
func (s Scene) grid(room int) grid {
	g := grid{cursor: -1, label: 1}
	columns := 1
	if s.Width >= twoColumns && len(s.Panels) > 1 {
		columns = 2
	}
	g.width = s.Width / columns
	for _, panels := range s.arrange(columns) {
		row := gridRow{panels: panels}
		for _, p := range row.panels {
			if p == nil {
				continue
			}
			lanes, label := measure(*p)
			row.lanes, g.label = max(row.lanes, lanes), max(g.label, label)
			row.lines = max(row.lines, height(p.Status.Output, g.textWidth(), room))
			if s.Cursor >= 0 {
				row.lines = max(row.lines, lanes)
			}
		}
		g.rows = append(g.rows, row)
	}
	g.before = slices.ContainsFunc(s.Panels, func(p Panel) bool { return p.Before > 0 })
	if !g.share(room) {
		g.compact = true
		g.share(room)
	}
	for _, row := range g.rows {
		if row.lanes > row.bars { // some are folded
			g.label = max(g.label, ansi.StringWidth(timeline.Waiting.String()))
		}
	}
	scale := s.scale()
	g.ruler = ruler{scale: scale, width: max(g.width-g.label-3-axisMargin, 8)}
	if s.Cursor >= 0 {
		g.cursor = g.ruler.cell(min(s.Cursor, scale))
	}
	return g
}

// textWidth is how wide text in a panel may be: it stands in a little, and
// does not touch the next panel.
func (g grid) textWidth() int { return g.width - 2 }

// arrange puts the panels into rows of so many columns. With several
// languages beside each other each variant has a row, and each language its
// column.
func (s Scene) arrange(columns int) [][]*Panel {
	var rows [][]*Panel
	mixed := slices.ContainsFunc(s.Panels, func(p Panel) bool { return p.Job.Language != s.Panels[0].Job.Language })
	if columns < 2 || !mixed {
		for i := range s.Panels {
			if i%columns == 0 {
				rows = append(rows, nil)
			}
			last := &rows[len(rows)-1]
			*last = append(*last, &s.Panels[i])
		}
		return rows
	}
	for i := range s.Panels {
		p := &s.Panels[i]
		if i == 0 || p.Job.Variant.Name != s.Panels[i-1].Job.Variant.Name {
			rows = append(rows, make([]*Panel, columns))
		}
		rows[len(rows)-1][p.Job.Language.Column()] = p
	}
	return rows
}

// measure is how many lanes a panel has, and how wide their names are.
func measure(p Panel) (lanes, label int) {
	lanes = len(p.Lanes)
	for _, lane := range p.Lanes[:min(lanes, 100)] {
		label = max(label, ansi.StringWidth(lane.Name))
	}
	return lanes, min(label, maxLabel)
}

// The lines of a panel besides lanes and text: an empty one, title, axis,
// times; in a compact grid only the title.
const (
	frameRows        = 4
	compactFrameRows = 1
)

// fewLanes are not folded if it can be helped.
const fewLanes = 8

// share gives each row its bars and text, and reports whether there was
// enough room for the least that each needs.
func (g *grid) share(room int) bool {
	const fewLines = 8 // so many come before lanes that are not few
	frame := frameRows
	if g.before {
		frame++
	}
	if g.compact {
		frame = compactFrameRows
	}
	room -= frame*len(g.rows) + 1 // the axis, or an empty line at the end
	for i := range g.rows {
		g.rows[i].bars, g.rows[i].text = 0, 0
	}
	// grow gives lines in turn, one at a time, up to the limit of each row.
	grow := func(size func(*gridRow) *int, limit func(gridRow) int) (enough bool) {
		for grown := true; grown; {
			grown, enough = false, true
			for i := len(g.rows) - 1; i >= 0; i-- { // the last say most
				row := &g.rows[i]
				if *size(row) >= limit(*row) {
					continue
				}
				if room <= 0 {
					return false
				}
				*size(row)++
				room--
				grown = true
			}
		}
		return enough
	}
	bars := func(r *gridRow) *int { return &r.bars }
	text := func(r *gridRow) *int { return &r.text }
	// folded are the lanes, or so many rows if they are to be folded.
	folded := func(rows int) func(gridRow) int {
		return func(r gridRow) int {
			if r.lanes > fewLanes {
				return rows
			}
			return r.lanes
		}
	}
	enough := grow(bars, folded(leastDensityRows))
	enough = grow(text, func(r gridRow) int { return min(r.lines, 1) }) && enough
	grow(text, func(r gridRow) int { return min(r.lines, 2) })
	grow(bars, folded(densityRows))
	grow(text, func(r gridRow) int { return min(r.lines, fewLines) })
	grow(bars, func(r gridRow) int { return r.lanes })
	grow(text, func(r gridRow) int { return r.lines })
	return enough && room >= 0
}
