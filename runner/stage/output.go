package stage

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
)

// continued stands before what of a line goes on in the next.
const continued = "  "

// mostWrapped is how many lines of output are wrapped: if there are more, each
// is cut, so that a frame does not take longer the more a run has printed.
const mostWrapped = 1000

// A textLine is a line of output, or of a line the first part or another.
type textLine struct {
	at    time.Duration
	text  string
	first bool
}

// set is output in lines of at most width columns.
func set(output []player.Line, width int) []textLine {
	lines := make([]textLine, 0, len(output))
	for _, line := range output {
		if len(output) > mostWrapped || ansi.StringWidth(line.Text) <= width {
			lines = append(lines, textLine{line.At, line.Text, true})
			continue
		}
		for i, part := range strings.Split(ansi.Wrap(line.Text, max(width-len(continued), 1), ""), "\n") {
			if i > 0 {
				part = continued + part
			}
			lines = append(lines, textLine{line.At, part, i == 0})
		}
	}
	return lines
}

// height is how many lines output takes in width columns, with its times.
func (s Scene) height(output []player.Line, width int) int {
	return len(set(output, width-s.timeWidth()))
}

// flow sets output in room lines of at most width columns, each line behind
// the time at which it came. If there are more lines than room it gives the
// last of them, or those before that the learner has scrolled to.
func (s Scene) flow(output []player.Line, room, width int) (lines []string) {
	if room < 1 {
		return nil
	}
	width -= s.timeWidth()
	all := set(output, width)
	end := len(all) - min(s.Scroll, max(len(all)-room, 0))
	for _, line := range all[max(0, end-room):end] {
		before := strings.Repeat(" ", s.timeWidth())
		if line.first {
			before = s.time(line.at)
		}
		lines = append(lines, before+ansi.Truncate(line.text, width, "…"))
	}
	return lines
}

// time is the time at which something was printed, in one unit for all.
func (s Scene) time(t time.Duration) string {
	return s.Palette.Faint(fmt.Sprintf("%*s", s.timeWidth()-2, s.stamp(t))) + "  "
}

func (s Scene) stamp(t time.Duration) string {
	if s.scale() >= time.Second {
		return fmt.Sprintf("%.2f s", t.Seconds())
	}
	return fmt.Sprintf("%.1f ms", float64(t)/float64(time.Millisecond))
}

// timeWidth is how many columns the times take that stand before output.
func (s Scene) timeWidth() int { return len(s.stamp(s.scale())) + 2 }

// block is what the panels of a compact grid have printed: of as many of them
// as have room beside each other, those that the learner has turned to. The
// last say most, so they come first. hidden is how many lines have no room.
func (s Scene) block(g grid) (lines []string, hidden int) {
	panels := s.printing()
	if g.block < 2 || len(panels) == 0 {
		return nil, 0
	}
	room := g.block - 1
	columns := s.blockColumns()
	if columns > 1 && s.tallest(columns) > room && s.tallest(1) <= room {
		columns = 1 // long lines are not wrapped there
	}
	turns := (len(panels) + columns - 1) / columns
	turn := s.Turn % turns
	if s.FirstTells {
		turn = turns - 1 - turn
	}
	last := len(panels) - turn*columns
	width := s.Width / columns
	var names []string
	var blocks [][]string
	for _, p := range panels[max(last-columns, 0):max(last, min(columns, len(panels)))] {
		names = append(names, " "+s.Palette.Title(p.Job.Variant.Name)+" · "+p.Job.Language.String())
		blocks = append(blocks, s.text(p, room, width-2))
		hidden = max(hidden, s.height(p.Status.Output, width-2)-room)
	}
	var hints []string
	if turns > 1 {
		hints = append(hints, "tab others")
	}
	if hidden > 0 && s.Cursor < 0 {
		hints = append(hints, scrollHint)
	}
	heading := ""
	for i, name := range names {
		if i > 0 {
			heading += strings.Repeat(" ", max(i*width-ansi.StringWidth(heading), 1))
		}
		heading += name
	}
	if hints != nil {
		heading = Spread(heading, s.Palette.Faint(strings.Join(hints, "   ")), s.Width)
	}
	return append([]string{heading}, beside(blocks, width)...), hidden
}

// scrollHint is the key that shows output that has no room.
const scrollHint = "↑↓ more"

// printing are the panels that have something to say in the block.
func (s Scene) printing() (panels []Panel) {
	for _, p := range s.Panels {
		if len(p.Status.Output) > 0 || s.Cursor >= 0 {
			panels = append(panels, p)
		}
	}
	return panels
}

// blockColumns is how many panels' output may stand beside each other.
func (s Scene) blockColumns() int {
	const least = 36 // columns, in which most lines fit
	return max(min(s.Width/least, len(s.printing())), 1)
}

// tallest is how many lines the longest output takes in one of so many
// columns.
func (s Scene) tallest(columns int) (lines int) {
	for _, p := range s.Panels {
		lines = max(lines, s.height(p.Status.Output, s.Width/columns-2))
	}
	return lines
}
