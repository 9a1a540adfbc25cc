package stage

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
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
	thick   int // how many lines a bar is high
	ruler   Ruler
	cursor  int  // the cell that is looked at, or -1
	before  bool // there is a line for the run before
	compact bool // a line of text a panel, one axis for all, and the output below that
	block   int  // in a compact grid, the lines for the output of some of the panels
	lines   int  // how many it would take
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
// at least, then what its lanes need, then what its text needs, and what is
// left makes bars thicker.
func (s Scene) grid(room int) grid {
	g := grid{cursor: -1, label: 1}
	columns := 1
	if s.Width >= twoColumns && len(s.Panels) > 1 || s.Width >= twoLanguages && s.twins() {
		columns = 2
	}
	g.width = s.Width / columns
	g.compact = s.compact()
	for _, panels := range s.arrange(columns) {
		row := gridRow{panels: panels}
		for _, p := range row.panels {
			if p == nil {
				continue
			}
			lanes, label := measure(*p)
			row.lanes, g.label = max(row.lanes, lanes), max(g.label, label)
			row.lines = max(row.lines, s.height(p.Status.Output, g.textWidth()))
			if s.Cursor >= 0 {
				row.lines = max(row.lines, lanes)
			}
		}
		g.rows = append(g.rows, row)
	}
	g.even()
	g.lines = s.tallest(s.blockColumns())
	g.before = slices.ContainsFunc(s.Panels, func(p Panel) bool { return p.Before > 0 })
	if !g.share(room) && !g.compact {
		g.compact = true
		g.share(room)
	}
	for _, row := range g.rows {
		if row.lanes > row.bars { // some are folded
			g.label = max(g.label, ansi.StringWidth(timeline.Waiting.String()))
		}
	}
	scale := s.scale()
	g.ruler = Ruler{Scale: scale, Width: max(g.width-g.label-3-axisMargin, 8)}
	if s.Cursor >= 0 {
		g.cursor = g.ruler.cell(min(s.Cursor, scale))
	}
	return g
}

// tells reports whether there is room for a line of output at least.
func (g grid) tells() bool { return !g.compact || g.block > 1 }

// even gives all rows with few lanes as many as the one with the most of them:
// a lane that appears while a run goes on does not move what stands below it.
func (g *grid) even() {
	most := 0
	for _, row := range g.rows {
		if row.lanes <= fewLanes {
			most = max(most, row.lanes)
		}
	}
	for i := range g.rows {
		g.rows[i].lanes = max(g.rows[i].lanes, most)
	}
}

// textWidth is how wide text in a panel may be: it stands in a little, and
// does not touch the next panel.
func (g grid) textWidth() int { return g.width - 2 }

// compact reports whether there is little room for each panel: what they have
// in common is then said once.
func (s Scene) compact() bool { return s.Width < twoColumns && len(s.Panels) > 1 }

// arrange puts the panels into rows of so many columns. Where
// variants were run in several languages, each variant has a row, and each
// language its column.
func (s Scene) arrange(columns int) [][]*Panel {
	var rows [][]*Panel
	if columns < 2 || !s.twins() {
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

// twins reports whether a variant was run in several languages.
func (s Scene) twins() bool {
	first := map[string]player.Language{}
	return slices.ContainsFunc(s.Panels, func(p Panel) bool {
		language, ok := first[p.Job.Variant.Name]
		if !ok {
			first[p.Job.Variant.Name] = p.Job.Language
		}
		return ok && p.Job.Language != language
	})
}

// measure is how many lanes a panel has, and how wide their names are.
func measure(p Panel) (lanes, label int) {
	lanes = p.count()
	for _, lane := range p.Lanes[:min(len(p.Lanes), 100)] {
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

// How high a bar may be, and how many lines of text come before that.
const (
	mostThick = 3
	textFirst = 8
	// usualLines is how many lines runs mostly print: room for so many is
	// kept while they have not.
	usualLines = 4
)

// fewLanes are not folded if it can be helped.
const fewLanes = 8

// share gives each row its bars and text, and reports whether there was
// enough room for the least that each needs.
func (g *grid) share(room int) bool {
	frame := frameRows
	if g.before {
		frame++
	}
	if g.compact {
		frame = compactFrameRows
	}
	room -= frame*len(g.rows) + 1 // the axis, or an empty line at the end
	g.thick = 1
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
	lanes := func(r gridRow) int { return r.lanes }
	enough := grow(bars, folded(leastDensityRows))
	if g.compact {
		// take gives the block up to most lines of output and its heading.
		take := func(most int) {
			more := min(most+1-g.block, room)
			g.block, room = g.block+max(more, 0), room-max(more, 0)
		}
		g.block = 0
		take(2)
		grow(bars, folded(densityRows))
		take(min(max(usualLines, g.lines), textFirst))
		grow(bars, lanes)
		room = g.thicken(room)
		take(room)
		return enough && room >= 0
	}
	enough = grow(text, func(r gridRow) int { return min(r.lines, 1) }) && enough
	grow(text, func(r gridRow) int { return min(r.lines, 2) })
	grow(bars, folded(densityRows))
	grow(text, func(r gridRow) int { return min(r.lines, textFirst) })
	grow(bars, lanes)
	grow(text, func(r gridRow) int { return r.lines })
	reserved := 0 // for what is still to be printed
	for _, row := range g.rows {
		reserved += max(textFirst-row.text, 0)
	}
	g.thicken(room - reserved)
	return enough && room >= 0
}

// thicken makes the bars as thick as they may be with room more lines, if
// none are folded, and returns what it leaves. Thick bars have an empty line
// between them.
func (g *grid) thicken(room int) (left int) {
	for g.thick = mostThick; g.thick > 1; g.thick-- {
		need := 0
		for _, row := range g.rows {
			if row.lanes > row.bars {
				return g.keepThin(room)
			}
			need += row.height(g.thick) - row.bars
		}
		if need <= room {
			return room - need
		}
	}
	return g.keepThin(room)
}

func (g *grid) keepThin(room int) int {
	g.thick = 1
	return room
}

// height is how many lines the bars of the row take if they are so thick.
func (r gridRow) height(thick int) int {
	if thick == 1 || r.bars == 0 {
		return r.bars
	}
	return r.bars*thick + r.bars - 1
}
