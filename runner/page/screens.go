package page

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Screens divides lines into screens of at most room lines, of which there
// is at least one. It does so at empty lines, unless that would leave more
// than half of a screen empty, or hardly anything for the last; beside each
// other, programs have one where both are between functions.
func Screens(lines []string, room int) [][]string {
	screens, _ := ScreensInTurn(lines, lines, room)
	return screens
}

// ScreensInTurn divides two versions of a page, line by line, at the same
// places.
func ScreensInTurn(a, b []string, room int) (ofA, ofB [][]string) {
	room = max(room, 1)
	empty := func(i int) bool { return Empty(a[i]) && Empty(b[i]) }
	for len(a) > room {
		end := cut(len(a), room, empty)
		ofA, ofB = append(ofA, a[:end]), append(ofB, b[:end])
		for end < len(a) && empty(end) {
			end++
		}
		a, b = a[end:], b[end:]
	}
	return append(ofA, a), append(ofB, b)
}

// cut is where the first screen of so many lines ends: at the last empty line
// that leaves enough for the next screen, or where there is none.
func cut(lines, room int, empty func(int) bool) int {
	fewest := min(4, room/4) // lines that are worth a screen, if the one before can spare them
	least := max(room/2, 1)
	for _, latest := range []int{min(room, lines-fewest), room} {
		for end := latest; end >= least; end-- {
			if empty(end) {
				return end
			}
		}
	}
	return max(min(room, lines-fewest), least)
}

// Empty reports whether a line shows nothing, or nothing but the rule
// between two columns.
func Empty(line string) bool {
	return strings.Trim(ansi.Strip(line), " │") == ""
}
