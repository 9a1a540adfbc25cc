//go:build unix

package prompt

import (
	"strings"
	"testing"
)

// q and Esc leave a question in which nothing has been typed. Else q is a
// letter, and Esc clears what has been typed.
func TestAQuestionIsLeft(t *testing.T) {
	forEachKind(t, func(t *testing.T, ask poser) {
		for _, c := range []struct {
			name  string
			steps []string // keys, and what is then on the screen
			last  string
			want  error
		}{
			{"q quits", nil, "q", ErrQuit},
			{"esc goes back", nil, "\x1b", ErrBack},
			{"esc clears the filter first", []string{"ta", "filter: ta  1 of 4", "\x1b", "q quits"}, "\x1b", ErrBack},
			{"a filter that was erased is none", []string{"ta", "filter: ta", "\x7f\x7f", "q quits"}, "q", ErrQuit},
			{"in a filter q is a letter", []string{"eq", "filter: eq  nothing matches", "\x1b", "q quits"}, "q", ErrQuit},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := newScreen(t, 24, 80)
				answered := ask(s, t.Context(), s.options())
				s.waitFor("Gather")
				for i := 0; i < len(c.steps); i += 2 {
					s.press(c.steps[i])
					s.waitFor(c.steps[i+1])
				}
				s.press(c.last)
				if got := <-answered; got.err != c.want {
					t.Errorf("got %v, want %v", got, c.want)
				}
				s.wait("a cursor", func(string) bool { return s.vt.CursorVisible() })
			})
		}
	})
}

// begun are options with a screen that is erased before the question.
func (s *screen) begun() Options {
	o := s.options()
	o.Begin = func() (rows, columns int) {
		s.tty.WriteString("\x1b[2J\x1b[H")
		return 0, 0
	}
	return o
}

func TestTheKeysOfAQuestion(t *testing.T) {
	forEachKind(t, func(t *testing.T, ask poser) {
		s := newScreen(t, 24, 80)
		answered := ask(s, t.Context(), s.begun())
		s.waitFor("Gather")
		s.press("?")
		s.wait("the keys alone", func(shown string) bool {
			return strings.Contains(shown, "ctrl+z") && strings.HasSuffix(strings.TrimSpace(shown), "any key closes this") && !strings.Contains(shown, "Gather")
		})
		s.press("x") // closes them, and is no filter
		s.wait("the question", func(shown string) bool {
			return strings.Contains(shown, "type to filter") && strings.Contains(shown, "Gather") && !strings.Contains(shown, "any key")
		})
		s.press("g?")
		s.waitFor("filter: g?")
		s.press("\x1b")
		s.wait("the question again", func(shown string) bool { return strings.Contains(shown, "type to filter") })
		s.press("?")
		s.waitFor("any key closes this")
		s.press("\x03")
		if got := <-answered; got.err != ErrInterrupted {
			t.Errorf("got %v", got)
		}
	})
}
