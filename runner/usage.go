package runner

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"

	"gosyncio/lessons"
)

// usageError is a mistake on the command line: what is wrong, and what to
// do next.
type usageError struct{ what, next string }

func (e *usageError) Error() string { return e.what }

// usage turns what lessons says of a wrong name or value into a usageError.
// Other errors it returns as they are.
func usage(lesson string, err error) error {
	var unknown *lessons.UnknownError
	var value *lessons.ValueError
	switch {
	case errors.As(err, &unknown):
		what := unknown.Error()
		if lesson != "" {
			what += " in " + lesson
		}
		if unknown.Kind == "variant" && strings.Contains(unknown.Name, "=") {
			return &usageError{what, fmt.Sprintf("a setting is set with --set: --set %s", strings.Trim(strconv.Quote(unknown.Name), `"`))}
		}
		return unknownName(what, unknown.Kind+"s", unknown.Name, unknown.Known)
	case errors.As(err, &value):
		return &usageError{value.Error(), value.Next}
	}
	return err
}

// unknownName is the error for a name that is none of known: it suggests
// the nearest and tells them all.
func unknownName(what, kinds, name string, known []string) error {
	return &usageError{what, fmt.Sprintf("did you mean %s? the %s are %s", nearest(name, known), kinds, strings.Join(known, ", "))}
}

// nearest is the name of known that takes the fewest changes to get from
// name, which may be the beginning of it. known is not empty.
func nearest(name string, known []string) string {
	distance := func(k string) int {
		if name != "" && strings.HasPrefix(k, strings.ToLower(name)) {
			return 0
		}
		return levenshtein.ComputeDistance(strings.ToLower(name), k)
	}
	return slices.MinFunc(known, func(a, b string) int { return distance(a) - distance(b) })
}
