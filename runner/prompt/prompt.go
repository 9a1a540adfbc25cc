// Package prompt asks the learner to choose one of several answers, or any
// number of them, in a terminal, with the help of AlecAivazis/survey: arrows
// move, typing filters, Space marks where several may be chosen, Enter
// chooses. While nothing has been typed q quits, Esc goes back and ? shows the
// keys; else Esc clears what has been typed. Ctrl-L draws anew, Ctrl-Z stops
// the program for a while, Ctrl-C interrupts it.
//
// It is the only package that knows survey, and ask.go with select.go and
// multiselect.go is all that survey sees of the program. Survey is archived,
// so what it does not bear is kept from it: keys that confuse it are
// filtered out before it reads them (keys.go, and the guard in ask.go), and
// nothing is shown that would not fit on a line or on the screen (layout.go).
//
// The package starts no goroutine that outlives a question, leaves the
// terminal in the mode in which it found it with the cursor shown, and
// reads not one key more than the answer takes: what has been typed ahead
// is there for whoever reads next.
package prompt

import (
	"errors"
	"os"
)

// Ways to leave a question without an answer.
var (
	// ErrInterrupted is returned when the learner pressed Ctrl-C or Ctrl-D.
	ErrInterrupted = errors.New("interrupted")
	// ErrQuit is returned when the learner pressed q.
	ErrQuit = errors.New("quit")
	// ErrBack is returned when the learner pressed Esc.
	ErrBack = errors.New("back")
)

// Options say where and how to ask.
type Options struct {
	// In and Out are the terminal. Survey reads keys from In, whose mode
	// it changes meanwhile, and draws on Out.
	In, Out *os.File
	// Begin makes the screen ready for the question: it draws what stands
	// above it, and says how many rows and columns are left. It is called
	// again whenever the window has another size, and then what was on the
	// screen, the question too, is its to erase. Zero, or more than there
	// is, means all of the screen that Out has, and 24 by 80 if it does
	// not say. If Begin is nil the question takes all of the screen, and
	// does not follow the window's size.
	Begin func() (rows, columns int)
	// Suspend, if it is not nil, leaves the screen to the shell, calls stop,
	// during which the program is stopped, and takes the screen again if stop
	// says that the terminal is the program's.
	Suspend func(stop func() bool)
	// Show gives a text as the terminal can show it, in as many columns; nil
	// is as it is.
	Show func(text string) string
	// Colour allows colours and bold. Without it nothing is sent but text
	// and movements of the cursor.
	Colour bool
}

// A Choice is an answer to choose.
type Choice struct {
	// Label is what is shown, in as many lines as the screen needs for it.
	// Control characters are not shown.
	Label string
	// Match is what typing looks in besides Label.
	Match string
	// Spoken is what stands for Label where it is not shown in columns below
	// others; "" is the same.
	Spoken string
}
