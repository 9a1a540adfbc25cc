package page

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Screens divides lines into screens of at most room lines, of which there
// is at least one. It does so at empty lines, unless that would leave more
// than half of a screen empty; beside each other, programs have one where
// both are between functions.
func Screens(lines []string, room int) [][]string {
	room = max(room, 1)
	var screens [][]string
	for len(lines) > room {
		end := room
		for end > room/2 && !Empty(lines[end]) {
			end--
		}
		if !Empty(lines[end]) {
			end = room
		}
		screens = append(screens, lines[:end])
		lines = lines[end:]
		for len(lines) > 0 && Empty(lines[0]) {
			lines = lines[1:]
		}
	}
	return append(screens, lines)
}

// Empty reports whether a line shows nothing, or nothing but the rule
// between two columns.
func Empty(line string) bool {
	return strings.Trim(ansi.Strip(line), " │") == ""
}
