//go:build !windows

package prompt

import (
	"context"
	"io"
	"strings"
	"testing"

	"golang.org/x/term"
)

// ask asks for a lesson, from the second one on.
func (s *screen) ask(ctx context.Context, o Options) <-chan result[int] {
	return pose(s, func() (int, error) { return Select(ctx, o, "Which lesson?", lessons, 1) })
}

func TestTheScreen(t *testing.T) {
	s := newScreen(t, 24, 80)
	answered := s.ask(t.Context(), s.options())
	s.waitToShow(`Which lesson?
arrows move, type to filter, enter chooses, q quits, ? keys
  Event loop
> Coroutines
  Tasks
  Gather?`)
	s.press("task")
	s.waitToShow("Which lesson?\nfilter: task  1 of 4\n> Tasks")
	s.press("\r")
	check(t, answered, 2)
	s.wait("nothing", func(shown string) bool { return shown == "" })
	s.wait("a cursor", func(string) bool { return s.vt.CursorVisible() })
}

func TestKeysMoveAndChoose(t *testing.T) {
	for _, c := range []struct {
		keys string
		want int
	}{
		{"\r", 1},
		{"\n", 1},
		{"\x1b[B\r", 2},
		{"\x1bOB\x1bOB\x1bOB\r", 0},
		{"\x1b[A\x1b[A\x1bOM", 3},
		{"\t\r", 2},
		{"\x1b[1;5B\x1b[200~\x1b[3~\x1b[<0;3;3M\r", 1},
		{"?\r", 3},
		{"CREATE_\r", 2},
		{"jk\x7f\x7f\r", 1},
		{"nothing like it\r\r\x18\r", 1},
		{"nothing\x1b[A\x1b[B\t\r\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\r", 1},
		{"loop\x1b[B\x1b[B\r", 0},
	} {
		t.Run(c.keys, func(t *testing.T) {
			s := newScreen(t, 24, 80)
			answered := s.ask(t.Context(), s.options())
			s.waitFor("Gather")
			s.press(c.keys)
			check(t, answered, c.want)
		})
	}
}

func TestEnterWithoutAMatchAsksOn(t *testing.T) {
	s := newScreen(t, 24, 80)
	answered := s.ask(t.Context(), s.options())
	s.waitFor("Gather")
	s.press("xyz\r\ra")
	s.waitFor("filter: xyza  nothing matches (backspace)")
	s.press("\x04")
	if got := <-answered; got.err != ErrInterrupted {
		t.Errorf("got %v", got)
	}
}

func TestWhatIsTypedAheadIsLeftToTheNextReader(t *testing.T) {
	s := newScreen(t, 24, 80)
	if _, err := term.MakeRaw(int(s.tty.Fd())); err != nil {
		t.Fatal(err)
	}
	answered := s.ask(t.Context(), s.options())
	s.waitFor("Gather")
	s.press("task\rq\x1b[B")
	check(t, answered, 2)
	got := make([]byte, 4)
	if _, err := io.ReadFull(s.tty, got); err != nil || string(got) != "q\x1b[B" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestRedrawingLeavesNothingBehind(t *testing.T) {
	for _, size := range []struct{ rows, columns int }{{24, 80}, {10, 40}, {6, 30}, {5, 20}, {4, 12}} {
		s := newScreen(t, size.rows, size.columns)
		var choices []Choice
		for range 12 {
			choices = append(choices, Choice{Label: "漢字 label that is wider than the screen is, " + strings.Repeat("and more ", 9)})
		}
		choices = append(choices, Choice{Label: "last"})
		answered := pose(s, func() (int, error) { return Select(t.Context(), s.options(), "Which?", choices, 0) })
		s.waitFor("> 漢字")
		s.press(strings.Repeat("\x1b[B", 30) + strings.Repeat("\x1b[A", 25) + strings.Repeat("xyz漢", 30) + "\x18last")
		s.wait("the last choice alone", func(shown string) bool {
			return strings.HasPrefix(shown, "Which?\n") && strings.HasSuffix(shown, "\n> last") &&
				strings.Count(shown, "\n") == 2
		})
		s.press("\r")
		check(t, answered, 12)
		s.wait("nothing", func(shown string) bool { return shown == "" })
	}
}

func TestRowsAndColumnsLimitTheQuestion(t *testing.T) {
	s := newScreen(t, 24, 80)
	o := s.options()
	o.Begin = func() (rows, columns int) { return 5, 30 }
	answered := s.ask(t.Context(), o)
	s.waitToShow("Which lesson?\narrows, enter, ? keys\n  Event loop\n> Coroutines")
	s.press("\r")
	check(t, answered, 1)
}
