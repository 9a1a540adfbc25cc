package stage

import (
	"github.com/fatih/color"

	"gosyncio/runner/terminal"
	"gosyncio/runner/timeline"
)

// A Palette is how timelines look: the terminal's own 16 colours, or none.
type Palette struct {
	terminal.Style
	faster, cursor *color.Color
	states         [timeline.States]*color.Color
}

// NewPalette is a palette with colours, or without. What is shown reads the
// same without them.
func NewPalette(colours bool) Palette {
	return Palette{
		Style:  terminal.NewStyle(colours),
		faster: terminal.Colour(colours, color.FgGreen, color.Bold),
		cursor: terminal.Colour(colours, color.ReverseVideo),
		states: [timeline.States]*color.Color{
			timeline.Running:  terminal.Colour(colours, color.FgGreen),
			timeline.Ready:    terminal.Colour(colours, color.FgRed),
			timeline.Waiting:  terminal.Colour(colours, color.FgCyan),
			timeline.Syscall:  terminal.Colour(colours, color.FgMagenta),
			timeline.Blocking: terminal.Colour(colours, color.FgRed, color.Bold),
		},
	}
}

// glyphs tell the states apart without colour.
var glyphs = [timeline.States]string{
	timeline.Running:  "█",
	timeline.Ready:    "▒",
	timeline.Waiting:  "░",
	timeline.Syscall:  "▄",
	timeline.Blocking: "▀",
}

// tickGlyph marks the times of an axis that have labels.
const tickGlyph = '╵'

// briefGlyph stands for what is over before one could see it.
const briefGlyph = "·"

// heights are the glyphs of a density row, from next to none of the lanes to
// all: none that stands for a state.
var heights = []string{briefGlyph, "⡀", "⣀", "⣄", "⣤", "⣦", "⣶", "⣷", "⣿"}
