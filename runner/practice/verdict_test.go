package practice

import (
	"strings"
	"testing"

	"gosyncio/runner/exercise"
	"gosyncio/runner/terminal"
)

// A message gets its full stop, unless it ends in a sign of its own.
func TestASentenceEndsOnce(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{"It is so": "It is so.", "Is it so?": "Is it so?", "all asleep - deadlock!": "all asleep - deadlock!"} {
		lines := Lines(exercise.Verdict{Kind: exercise.Wrong, Message: message}, terminal.NewStyle(false), 80)
		if last := strings.TrimSpace(lines[len(lines)-1]); last != want {
			t.Errorf("%q is said as %q", message, last)
		}
	}
}
