// Package termtest is what tests need of terminals and programs: a screen
// that shows what is written to it and knows what else it has been asked to
// do, and a file that can be executed at once. Only tests import it.
package termtest

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/hinshun/vt10x"
)

// A Screen is what a terminal shows after all that was written to it, and
// what it has been asked to do beyond showing. The screen itself is
// vt10x's; from it is kept what it takes for something else.
type Screen struct {
	vt      vt10x.Terminal
	parser  *ansi.Parser
	pending []byte       // the beginning of a sequence or a character
	raw     bytes.Buffer // all that was written

	modes      map[int]bool // that differ from those of a new terminal
	kitty      map[bool]int // depth of kitty's keyboard stack, by alternate screen
	modifyKeys bool         // xterm's modifyOtherKeys
	strings    []string     // OSC, DCS and the like

	// Answer hears the answers to queries; nil is a terminal that gives none.
	Answer io.Writer
	// Changed is called with what was shown before each sequence, and at the
	// end of each Write; nil is nobody.
	Changed func()
}

// modeUpdating is the mode in which a program draws a frame that is not to
// be looked at before it is whole.
const modeUpdating = 2026

// NewScreen is an empty screen of that size.
func NewScreen(columns, rows int) *Screen {
	return &Screen{
		vt:     vt10x.New(vt10x.WithSize(columns, rows)),
		parser: ansi.NewParser(),
		modes:  make(map[int]bool),
		kitty:  make(map[bool]int),
	}
}

// Write shows p.
func (s *Screen) Write(p []byte) (int, error) {
	s.raw.Write(p)
	s.pending = append(s.pending, p...)
	for {
		whole := s.pending[:wholeRunes(s.pending)]
		if len(whole) == 0 {
			break
		}
		sequence, _, n, state := ansi.DecodeSequence(whole, ansi.NormalState, s.parser)
		if state != ansi.NormalState && n == len(whole) {
			break
		}
		if sequence[0] < ' ' && s.Changed != nil {
			s.Changed()
		}
		if s.take(sequence) {
			s.vt.Write(sequence)
		}
		s.pending = s.pending[n:]
	}
	if s.Changed != nil {
		s.Changed()
	}
	return len(p), nil
}

// wholeRunes is how many bytes of p there are without a rune at its end whose
// last bytes have not come yet.
func wholeRunes(p []byte) int {
	for i := len(p) - 1; i >= max(len(p)-utf8.UTFMax, 0); i-- {
		if utf8.RuneStart(p[i]) {
			if utf8.FullRune(p[i:]) {
				break
			}
			return i
		}
	}
	return len(p)
}

// take notes what the sequence asks for, and reports whether vt10x
// understands the sequence rightly.
func (s *Screen) take(sequence []byte) bool {
	if len(sequence) < 2 || sequence[0] != ansi.ESC {
		return true
	}
	if sequence[1] != '[' {
		if bytes.IndexByte([]byte("]PX^_"), sequence[1]) >= 0 {
			s.strings = append(s.strings, string(sequence))
		}
		return true
	}
	command := ansi.Cmd(s.parser.Command())
	parameter := func(i, otherwise int) int {
		value, _ := s.parser.Param(i, otherwise)
		return value
	}
	switch prefix, final := command.Prefix(), command.Final(); {
	case prefix == '?' && (final == 'h' || final == 'l'):
		for _, p := range s.parser.Params() {
			mode, set := p.Param(0), final == 'h'
			if mode == 25 || mode == 7 { // the cursor and wrapping, which are on at first
				set = !set
			}
			s.modes[mode] = set
		}
		return true
	case prefix == '>' && final == 'u':
		s.kitty[s.modes[1049]]++
	case prefix == '<' && final == 'u':
		s.kitty[s.modes[1049]] -= parameter(0, 1)
	case prefix == '>' && final == 'm':
		s.modifyKeys = parameter(0, 0) == 4 && parameter(1, 0) != 0
	case prefix == '?' && final == 'u':
		s.say("\x1b[?%du", min(s.kitty[s.modes[1049]], 1))
	case prefix == '?' && final == 'p' && command.Intermediate() == '$':
		s.say("\x1b[?%d;2$y", parameter(0, 0))
	case prefix == 0 && final == 'c':
		s.say("\x1b[?62;22c")
	}
	// vt10x does not look at the prefix: it would take kitty's queries for
	// the order to restore the cursor.
	return command.Prefix() == 0 && command.Intermediate() == 0
}

// say answers a query, if the terminal is one that does.
func (s *Screen) say(format string, args ...any) {
	if s.Answer != nil {
		fmt.Fprintf(s.Answer, format, args...)
	}
}

// Resize changes the size, as a terminal does: what was on the screen stays
// at the top left.
func (s *Screen) Resize(columns, rows int) {
	s.vt.Resize(columns, rows)
	// vt10x sets no tab stops in the columns that are new.
	x, y := s.vt.Cursor().X, s.vt.Cursor().Y
	for column := 9; column <= columns; column += 8 {
		fmt.Fprintf(s.vt, "\x1b[%dG\x1bH", column)
	}
	fmt.Fprintf(s.vt, "\x1b[%d;%dH", y+1, x+1)
}

// Rows are the lines of the screen without trailing spaces.
func (s *Screen) Rows() []string {
	lines := strings.Split(strings.TrimSuffix(s.vt.String(), "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \x00")
	}
	return lines
}

// Text is the rows up to the last that is not empty.
func (s *Screen) Text() string { return strings.TrimRight(strings.Join(s.Rows(), "\n"), "\n") }

// Leftovers are what a program has changed in the terminal and not put back.
func (s *Screen) Leftovers() []string {
	var left []string
	if !s.vt.CursorVisible() {
		left = append(left, "the cursor is hidden")
	}
	if s.vt.Mode()&vt10x.ModeAltScreen != 0 {
		left = append(left, "the alternate screen is shown")
	}
	for mode, differs := range s.modes {
		if differs {
			left = append(left, fmt.Sprintf("mode %d is not as it was", mode))
		}
	}
	for alternate, depth := range s.kitty {
		if depth != 0 {
			left = append(left, fmt.Sprintf("kitty's keyboard stack is %d deep (alternate screen: %v)", depth, alternate))
		}
	}
	if s.modifyKeys {
		left = append(left, "modifyOtherKeys is on")
	}
	if a := s.vt.Cursor().Attr; a.Mode != 0 || a.FG != vt10x.DefaultFG || a.BG != vt10x.DefaultBG {
		left = append(left, fmt.Sprintf("text has attributes: %+v", a))
	}
	slices.Sort(left)
	return left
}

// Written is all that has been written.
func (s *Screen) Written() []byte { return s.raw.Bytes() }

// Size is the screen's columns and rows.
func (s *Screen) Size() (columns, rows int) { return s.vt.Size() }

// Updating reports whether a program is in the middle of drawing a frame
// that is not to be looked at before it is whole.
func (s *Screen) Updating() bool { return s.modes[modeUpdating] }

// Title is the title of the window that a program has asked for.
func (s *Screen) Title() string { return s.vt.Title() }
