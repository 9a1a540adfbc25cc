package stage

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
)

// continued stands before what of a line goes on in the next.
const continued = "  "

// wrap is a line of output in lines of at most width columns.
func wrap(text string, width int) []string {
	if ansi.StringWidth(text) <= width {
		return []string{text}
	}
	lines := strings.Split(ansi.Wrap(text, width-len(continued), ""), "\n")
	for i := 1; i < len(lines); i++ {
		lines[i] = continued + lines[i]
	}
	return lines
}

// height is how many lines of at most width columns output takes; if that
// is more than room, it is any number that is, too.
func height(output []player.Line, width, room int) int {
	n := 0
	for i, line := range output {
		if n > room {
			return n + len(output) - i
		}
		n += len(wrap(line.Text, width))
	}
	return n
}

// flow sets output in room lines of at most width columns. Long lines are
// wrapped if there is room for that, else they are cut. If there are more
// lines than room it sets them in columns, read from top to bottom, and if
// that does not do either it gives the last of them.
func (s Scene) flow(output []player.Line, room, width int) (lines []string) {
	const maxColumns, gap = 4, 3
	if room < 1 {
		return nil
	}
	if height(output, width, room) <= room {
		for _, line := range output {
			lines = append(lines, wrap(line.Text, width)...)
		}
		return lines
	}
	columns := (len(output) + room - 1) / room
	widest := 0
	if columns <= maxColumns {
		for _, line := range output {
			widest = max(widest, ansi.StringWidth(line.Text))
		}
	}
	if columns < 2 || columns > maxColumns || columns*(widest+gap)-gap > width {
		for _, line := range output[max(0, len(output)-room):] {
			lines = append(lines, ansi.Truncate(line.Text, width, "…"))
		}
		return lines
	}
	lines = make([]string, min(room, len(output)))
	for i, line := range output {
		row := &lines[i%room]
		if i >= room {
			*row += strings.Repeat(" ", i/room*(widest+gap)-gap-ansi.StringWidth(*row)) + s.Palette.Faint(" │ ")
		}
		*row += line.Text
	}
	return lines
}
