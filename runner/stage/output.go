package stage

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
)

// flow sets output in room lines of at most width columns. If there are
// more lines than that it sets them in columns, read from top to bottom,
// and if that does not do either it gives the last of them.
func flow(output []player.Line, room, width int) []string {
	const maxColumns, gap = 4, 3
	if room < 1 {
		return nil
	}
	columns := (len(output) + room - 1) / room
	widest := 0
	if columns <= maxColumns {
		for _, line := range output {
			widest = max(widest, ansi.StringWidth(line.Text))
		}
	}
	if columns < 2 || columns > maxColumns || columns*(widest+gap)-gap > width {
		output, columns = output[max(0, len(output)-room):], 1
	}
	lines := make([]string, min(room, len(output)))
	for i, line := range output {
		row := &lines[i%room]
		if i >= room {
			*row += strings.Repeat(" ", i/room*(widest+gap)-ansi.StringWidth(*row))
		}
		*row += ansi.Truncate(line.Text, width, "…")
	}
	return lines
}
