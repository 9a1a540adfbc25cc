package lessons

import (
	"fmt"
	"strconv"
	"strings"
)

// An UnknownError says that there is no lesson, variant or setting with a
// name.
type UnknownError struct {
	Kind  string // "lesson", "variant" or "setting"
	Name  string
	Known []string // the names that there are
}

func (e *UnknownError) Error() string { return fmt.Sprintf("unknown %s %q", e.Kind, e.Name) }

// A ValueError says that a setting cannot have a value.
type ValueError struct {
	Setting, Value string
	Problem        string // what is wrong
	Next           string // what to do
}

func (e *ValueError) Error() string {
	value := strconv.Quote(e.Value)
	if plain := strings.Trim(value, `"`); plain == e.Value {
		value = plain
	}
	return fmt.Sprintf("setting %s=%s: %s", e.Setting, value, e.Problem)
}
