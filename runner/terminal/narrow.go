package terminal

import (
	_ "unsafe" // for go:linkname

	"github.com/clipperhouse/displaywidth"
	"github.com/mattn/go-runewidth"
)

// How package ansi counts columns. It makes these at its start and lets nobody
// change them: if a later version does, or no longer has them, the build says
// so, and this file can go.
//
//go:linkname ansiCharacters github.com/charmbracelet/x/ansi.wcOptions
var ansiCharacters *runewidth.Condition

//go:linkname ansiGraphemes github.com/charmbracelet/x/ansi.dwOptions
var ansiGraphemes *displaywidth.Options

// CountNarrow has characters of ambiguous width counted as one column by all
// of the program, whatever WideVariable says: what is laid out is shown with
// characters of one column, see Shown. It is called once, before anything is
// laid out.
func CountNarrow() {
	if ansiCharacters.EastAsianWidth || ansiGraphemes.EastAsianWidth {
		ansiCharacters.EastAsianWidth, ansiGraphemes.EastAsianWidth = false, false
	}
}
