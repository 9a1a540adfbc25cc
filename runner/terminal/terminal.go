// Package terminal knows the streams that the program was started with:
// whether they are a terminal, what it can show, and how it was before.
package terminal

import (
	"io"
	"os"
	"reflect"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"gosyncio/runner/environ"
)

// Streams are where the program reads and writes.
type Streams struct {
	In       *os.File
	Out, Err *os.File
	Environ  environ.Environ
}

// System are the streams and the environment of the process.
func System() Streams {
	return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Environ: os.Environ()}
}

// Terminal reports whether the output is a terminal, whatever it can do.
func (s Streams) Terminal() bool { return term.IsTerminal(s.Out.Fd()) }

// Live reports whether the output is a terminal on which the cursor can be moved.
func (s Streams) Live() bool { return s.Terminal() && s.Environ.Get("TERM") != "dumb" }

// Interactive reports whether there is somebody to ask: input and output are a
// terminal on which the cursor can be moved.
func (s Streams) Interactive() bool { return s.Live() && s.Attended() }

// Accessible reports whether somebody has announced, by setting ACCESSIBLE
// to anything, that a screen reader tells what is written.
func (s Streams) Accessible() bool { return s.Environ.Get("ACCESSIBLE") != "" }

// Typed reports whether what is read is typed at a terminal.
func (s Streams) Typed() bool { return term.IsTerminal(s.In.Fd()) }

// Attended reports whether there is somebody to ask: input and output are a
// terminal, whatever it can do.
func (s Streams) Attended() bool { return s.Terminal() && s.Typed() }

// Colours reports whether what is written to Out may have colours: it is a
// terminal and NO_COLOR (no-color.org) is not set to anything.
func (s Streams) Colours() bool { return s.Live() && s.Environ.Get("NO_COLOR") == "" }

// Size is the window's columns and rows, or 80 and 24 if they are not known.
func (s Streams) Size() (columns, rows int) {
	columns, rows, err := term.GetSize(s.Out.Fd())
	if err != nil {
		return SizeOr(0, 0)
	}
	return SizeOr(columns, rows)
}

// SizeOr is a window's size as a terminal told it, or 80 by 24 if it told
// nothing: some say 0 by 0.
func SizeOr(columns, rows int) (int, int) {
	if columns <= 0 || rows <= 0 {
		return 80, 24
	}
	return columns, rows
}

// Saved is how a terminal was.
type Saved struct {
	streams Streams
	state   *term.State // nil if there is no terminal
}

// Save remembers how the terminal is.
func (s Streams) Save() Saved {
	saved := Saved{streams: s}
	if s.Interactive() {
		if state, err := term.GetState(s.In.Fd()); err == nil {
			saved.state = state
		}
	}
	return saved
}

// Restore puts the terminal back if somebody has left it otherwise: its
// modes, a visible cursor, no colours. Whoever enters the alternate screen
// leaves it.
func (s Saved) Restore() {
	if s.changed() {
		s.Reset()
	}
}

// Abandon is Restore for when whoever uses the terminal does not come back: it
// also leaves what stands on the alternate screen, and gives back the modes of
// keys and of pasting.
func (s Saved) Abandon() {
	if !s.changed() {
		return
	}
	io.WriteString(s.streams.Out, ansi.ResetModifyOtherKeys+ansi.PopKittyKeyboard(1)+ansi.ResetModeBracketedPaste+ansi.ResetModeAltScreenSaveCursor)
	s.Reset()
}

// changed reports whether there is a terminal that is not as it was.
func (s Saved) changed() bool {
	if s.state == nil {
		return false
	}
	now, err := term.GetState(s.streams.In.Fd())
	return err != nil || !reflect.DeepEqual(now, s.state)
}

// Reset is Restore in any case, for when it is not known what happened.
func (s Saved) Reset() {
	if s.state == nil {
		return
	}
	term.Restore(s.streams.In.Fd(), s.state)
	const showCursor, plain = "\x1b[?25h", "\x1b[0m"
	io.WriteString(s.streams.Out, showCursor+plain)
}
