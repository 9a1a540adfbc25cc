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

// wrap is a line of output in lines of at most width columns.
func wrap(text string, width int) []string {
	if ansi.StringWidth(text) <= width {
		return []string{text}
	}
	lines := strings.Split(ansi.Wrap(text, max(width-len(continued), 1), ""), "\n")
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

// flow sets output in room lines of at most width columns, each line behind
// the time at which it came. Long lines are wrapped if there is room for
// that, else they are cut. If there are more lines than room it gives the
// last of them, or those before that the learner has scrolled to.
func (s Scene) flow(output []player.Line, room, width int) (lines []string) {
	if room < 1 {
		return nil
	}
	width -= s.timeWidth()
	if height(output, width, room) <= room {
		for _, line := range output {
			for i, part := range wrap(line.Text, width) {
				if i > 0 {
					lines = append(lines, strings.Repeat(" ", s.timeWidth())+part)
					continue
				}
				lines = append(lines, s.time(line.At)+part)
			}
		}
		return lines
	}
	end := max(len(output)-s.Scroll, min(room, len(output)))
	for _, line := range output[max(0, end-room):end] {
		lines = append(lines, s.time(line.At)+ansi.Truncate(line.Text, width, "…"))
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

// overflow is how many lines of output, at most, are not on the screen in a
// panel with room lines for it.
func overflow(output []player.Line, width, room int) int {
	if height(output, width, room) <= room {
		return 0
	}
	return len(output) - room
}
