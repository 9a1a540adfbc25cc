// Package fault holds the error that people are told about: what went
// wrong, and what to do next. Whoever returns one prints nothing; only
// runner.Main does.
package fault

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/agnivade/levenshtein"
)

// ErrRunFailed says that a run or a check failed, which has been shown
// already: there is nothing more to print, and the exit code is 1.
var ErrRunFailed = errors.New("a run failed")

// An ExitError says that a program of the learner's own has ended with a
// status, which is that of this program, too. It has been told already.
type ExitError struct{ Code int }

func (e *ExitError) Error() string { return fmt.Sprintf("exit status %d", e.Code) }

// A SignalError is the cause of a context that a signal has ended.
type SignalError struct{ Signal os.Signal }

func (e *SignalError) Error() string { return e.Signal.String() }

// An Error says what went wrong and what to do next, in a line each: lower
// case, no full stop.
type Error struct {
	What string
	Next string
	// Usage says that the command line is wrong: the exit code is then 2
	// and not 1.
	Usage bool
	// Err is the cause, for errors.Is and errors.As; nil if there is none.
	Err error
}

func (e *Error) Error() string { return e.What }
func (e *Error) Unwrap() error { return e.Err }

// Usage is the error for a wrong command line.
func Usage(what, next string) error { return &Error{What: what, Next: next, Usage: true} }

// UnknownName is the usage error for a name that is none of known. It suggests
// the nearest, if one is near enough to have been meant, and lists them all.
// kinds is what they are, such as "lessons".
func UnknownName(what, kinds, name string, known []string) error {
	next := fmt.Sprintf("the %s are %s", kinds, strings.Join(known, ", "))
	if meant := nearest(name, known); meant != "" {
		next = fmt.Sprintf("did you mean %s? %s", meant, next)
	}
	return Usage(what, next)
}

// nearest is the name of known that name is the beginning of, or else the
// one that takes the fewest edits to get from name; "" if that would leave
// little of it.
func nearest(name string, known []string) (meant string) {
	const far = 1 << 20
	least := far
	name = strings.ToLower(name)
	for _, k := range known {
		edits := levenshtein.ComputeDistance(name, k)
		switch {
		case name != "" && strings.HasPrefix(k, name):
			edits = 0
		case edits > max(2, len(k)/3), edits >= min(len(name), len(k)):
			continue
		}
		if edits < least {
			meant, least = k, edits
		}
	}
	return meant
}
