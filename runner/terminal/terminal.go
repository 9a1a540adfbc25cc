// Package terminal knows the streams that the program was started with:
// whether they are a terminal, what it can show, and how it was before.
package terminal

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
)

// Streams are where the program reads and writes.
type Streams struct {
	In       *os.File
	Out, Err *os.File
	Environ  []string // as os.Environ gives it
}

// System are the streams and the environment of the process.
func System() Streams {
	return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Environ: os.Environ()}
}

// Getenv is the value of a variable of s.Environ, or "".
func (s Streams) Getenv(name string) string {
	for _, entry := range slices.Backward(s.Environ) {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// Live is whether the output is a terminal on which the cursor can be moved.
func (s Streams) Live() bool {
	return term.IsTerminal(s.Out.Fd()) && s.Getenv("TERM") != "dumb"
}

// Interactive is whether there is somebody to ask: input and output are a
// terminal on which the cursor can be moved.
func (s Streams) Interactive() bool { return s.Live() && term.IsTerminal(s.In.Fd()) }

// Colours is whether what is written to Out may have colours: it is a
// terminal and NO_COLOR (no-color.org) is not set to anything.
func (s Streams) Colours() bool { return s.Live() && s.Getenv("NO_COLOR") == "" }

// Size is the window's columns and rows, or 80 and 24 if they are not known.
func (s Streams) Size() (columns, rows int) {
	columns, rows, err := term.GetSize(s.Out.Fd())
	if err != nil || columns <= 0 || rows <= 0 {
		return 80, 24
	}
	return columns, rows
}

// Save remembers how the terminal is. The function that it returns puts
// that back, however often it is called: the modes of the input, a visible
// cursor, no colours. Whoever enters the alternate screen leaves it.
func (s Streams) Save() (restore func()) {
	if !s.Interactive() {
		return func() {}
	}
	state, err := term.GetState(s.In.Fd())
	return func() {
		if err == nil {
			term.Restore(s.In.Fd(), state)
		}
		const showCursor, plain = "\x1b[?25h", "\x1b[0m"
		io.WriteString(s.Out, showCursor+plain)
	}
}
