package stage

import (
	"github.com/fatih/color"

	"gosyncio/runner/timeline"
)

// A Palette is how things look: the terminal's own 16 colours, or none.
type Palette struct {
	title, faint, good, bad, cursor *color.Color
	states                          [timeline.States]*color.Color
}

// NewPalette is a palette with colours, or without. What is shown reads the
// same without them.
func NewPalette(colours bool) Palette {
	style := func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		if colours {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return Palette{
		title:  style(color.Bold),
		faint:  style(color.Faint),
		good:   style(color.FgGreen, color.Bold),
		bad:    style(color.FgRed, color.Bold),
		cursor: style(color.ReverseVideo),
		states: [timeline.States]*color.Color{
			timeline.Running: style(color.FgGreen),
			timeline.Ready:   style(color.FgRed),
			timeline.Waiting: style(color.FgCyan),
			timeline.Syscall: style(color.FgMagenta),
		},
	}
}

// Title is text as a title looks.
func (p Palette) Title(text string) string { return p.title.Sprint(text) }

// Faint is text that may be overlooked.
func (p Palette) Faint(text string) string { return p.faint.Sprint(text) }

// glyphs tell the states apart without colour.
var glyphs = [timeline.States]string{
	timeline.Running: "█",
	timeline.Ready:   "▒",
	timeline.Waiting: "░",
	timeline.Syscall: "▄",
}
