package terminal

import "github.com/fatih/color"

// A Style is how what the program itself says looks: the terminal's own 16
// colours, or none. Whatever is said reads the same without them. The zero
// Style is not ready for use, see NewStyle.
type Style struct {
	title, faint, good, bad, warning, onDark *color.Color
}

// NewStyle is a style with colours, or without.
func NewStyle(colours bool) Style {
	return Style{
		title:   Colour(colours, color.Bold),
		faint:   Colour(colours, color.Faint),
		good:    Colour(colours, color.FgGreen),
		bad:     Colour(colours, color.FgRed, color.Bold),
		warning: Colour(colours, color.FgYellow),
		onDark:  Colour(colours, color.FgHiWhite, color.BgBlack),
	}
}

// Colour has these attributes if colours are wanted, or else none. It does
// not look at fatih/color's own idea of the terminal.
func Colour(colours bool, attributes ...color.Attribute) *color.Color {
	c := color.New(attributes...)
	if colours {
		c.EnableColor()
	} else {
		c.DisableColor()
	}
	return c
}

// Title is text as a title looks.
func (s Style) Title(text string) string { return s.title.Sprint(text) }

// Faint is text that may be overlooked.
func (s Style) Faint(text string) string { return s.faint.Sprint(text) }

// Good is text that says that something is well.
func (s Style) Good(text string) string { return s.good.Sprint(text) }

// Bad is text that says that something went wrong.
func (s Style) Bad(text string) string { return s.bad.Sprint(text) }

// Warning is text that says that something could be better.
func (s Style) Warning(text string) string { return s.warning.Sprint(text) }

// OnDark is text that is light on dark whatever the terminal's own colours are.
func (s Style) OnDark(text string) string { return s.onDark.Sprint(text) }
