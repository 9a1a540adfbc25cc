// Package fault holds the error that people are told about: what went
// wrong, and what to do next. Whoever returns one prints nothing; only
// runner.Main does.
package fault

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// ErrRunFailed says that a run or a check failed, which has been shown
// already: there is nothing more to print, and the exit code is 1.
var ErrRunFailed = errors.New("a run failed")

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

// UnknownName is the usage error for a name that is none of known, of
// which there is at least one: it suggests the nearest and lists them all.
// kinds is what they are, such as "lessons".
func UnknownName(what, kinds, name string, known []string) error {
	return Usage(what, fmt.Sprintf("did you mean %s? the %s are %s", nearest(name, known), kinds, strings.Join(known, ", ")))
}

// nearest is the name of known that name is the beginning of, or else the
// one that takes the fewest edits to get from name.
func nearest(name string, known []string) string {
	distance := func(k string) int {
		if name != "" && strings.HasPrefix(k, strings.ToLower(name)) {
			return 0
		}
		return levenshtein.ComputeDistance(strings.ToLower(name), k)
	}
	return slices.MinFunc(known, func(a, b string) int { return distance(a) - distance(b) })
}
