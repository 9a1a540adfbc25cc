//go:build !windows

package prompt

import (
	"context"
	"strings"
	"testing"
)

// askSeveral asks for lessons.
func (s *screen) askSeveral(ctx context.Context, o Options) <-chan result[[]int] {
	return pose(s, func() ([]int, error) { return MultiSelect(ctx, o, "Which lessons?", lessons) })
}

func TestTheScreenWithMarks(t *testing.T) {
	s := newScreen(t, 24, 80)
	answered := s.askSeveral(t.Context(), s.options())
	s.waitFor("Gather")
	s.press("\x1b[B \x1b[B")
	s.waitToShow(`Which lessons?
arrows move, type to filter, space marks, enter goes on, q quits, ? keys
  [ ] Event loop
  [x] Coroutines
> [ ] Tasks
  [ ] Gather?`)
	s.press("async")
	s.waitToShow(`Which lessons?
filter: async  4 of 4
> [ ] Event loop
  [x] Coroutines
  [ ] Tasks
  [ ] Gather?`)
	s.press("\x1b[B\x1b[B ")
	s.waitToShow(`Which lessons?
filter: async  4 of 4
  [ ] Event loop
  [x] Coroutines
> [x] Tasks
  [ ] Gather?`)
	s.press("\x18gath")
	s.waitToShow("Which lessons?\nfilter: gath  1 of 4\n> [ ] Gather?")
	s.press("\r")
	check(t, answered, []int{1, 2})
	s.wait("nothing", func(shown string) bool { return shown == "" })
	s.wait("a cursor", func(string) bool { return s.vt.CursorVisible() })
}

func TestKeysMoveAndMark(t *testing.T) {
	for _, c := range []struct {
		name string
		keys string
		want []int
	}{
		{"none", "\r", nil},
		{"one", " \r", []int{0}},
		{"all", " \x1b[B \x1b[B \x1b[B \r", []int{0, 1, 2, 3}},
		{"ascending whatever the order", "\x1b[A \x1bOA\x1bOA \x1b[A \x1bOM", []int{0, 1, 3}},
		{"twice is not at all", " \t  \r", []int{0}},
		{"all taken away", " \t \x1b[A \t \n", nil},
		{"right and left do nothing", " \x1b[C\t\x1b[D\x1bOC\x1bOD\x06\x02\r", []int{0}},
		{"filter, then mark", "task \r", []int{2}},
		{"the cursor stays where it marked", "task  \r", nil},
		{"the filter stays", "at \x1b[B \r", []int{2, 3}},
		{"filters one after another", "task \x18gath \x18loop \r", []int{0, 2, 3}},
		{"marks outlast the filter", " xyz\x18\t \r", []int{0, 1}},
		{"enter with a filter that hides the marks", " gath\r", []int{0}},
		{"enter when nothing matches", " xyz\r", []int{0}},
		{"space when nothing matches", "xyz \x7f\x7f\x7f\r", nil},
		{"up when nothing matches", "xyz\x1b[A\x1b[A\x18 \r", []int{0}},
		{"down when nothing matches", "xyz\x1b[B\t\x18 \r", []int{0}},
		{"letters that could be commands", "?\x7fjk\x18 \r", []int{0}},
		{"keys with ctrl or alt", "\x1b[1;5B\x1b \x1b[200~\x1b[3~ \r", []int{0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScreen(t, 24, 80)
			answered := s.askSeveral(t.Context(), s.options())
			s.waitFor("Gather")
			s.press(c.keys)
			check(t, answered, c.want)
			s.wait("nothing", func(shown string) bool { return shown == "" })
		})
	}
}

func TestRedrawingMarksLeavesNothingBehind(t *testing.T) {
	for _, size := range []struct {
		rows, columns int
		colour        bool
	}{{24, 80, true}, {6, 30, false}, {5, 20, true}, {4, 16, true}} {
		s := newScreen(t, size.rows, size.columns)
		o := s.options()
		o.Colour = size.colour
		var choices []Choice
		for range 12 {
			choices = append(choices, Choice{Label: "漢字 label that is wider than the screen is, " + strings.Repeat("and more ", 9)})
		}
		choices = append(choices, Choice{Label: "last"})
		answered := pose(s, func() ([]int, error) { return MultiSelect(t.Context(), o, "Which?", choices) })
		s.waitFor("> [ ] 漢")
		s.press(strings.Repeat(" \x1b[B", 12) + strings.Repeat("\x1b[A \x1b[A", 5) + strings.Repeat("xyz漢 ", 12) + "\x18last ")
		s.wait("the last choice alone, marked", func(shown string) bool {
			return strings.HasPrefix(shown, "Which?\n") && strings.HasSuffix(shown, "\n> [x] last") &&
				strings.Count(shown, "\n") == 2
		})
		s.press("\r")
		check(t, answered, []int{0, 1, 2, 4, 6, 8, 10, 12})
		s.wait("nothing", func(shown string) bool { return shown == "" })
	}
}

func TestRowsAndColumnsLimitTheMarks(t *testing.T) {
	s := newScreen(t, 24, 80)
	o := s.options()
	o.Begin = func() (rows, columns int) { return 5, 15 }
	answered := s.askSeveral(t.Context(), o)
	s.waitToShow("Which lessons?\nspace, enter\n> [ ] Event\n      loop")
	s.press("\x1b[B ")
	s.waitToShow("Which lessons?\nspace, enter\n> [x] Coroutin\n      es")
	s.press("\r")
	check(t, answered, []int{1})
}
