//go:build !windows

package prompt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"testing"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/term"
)

var lessons = []Choice{
	{Label: "Event loop", Match: "asyncio.loop"},
	{Label: "Coroutines", Match: "async def await"},
	{Label: "Tasks", Match: "asyncio.create_task"},
	{Label: "Gather?", Match: "asyncio.gather"},
}

type result[T any] struct {
	answer T
	err    error
}

// pose puts a question on the screen. The result comes when it has been
// answered; the terminal's mode must be as before.
func pose[T any](s *screen, question func() (T, error)) <-chan result[T] {
	before := s.mode()
	answered := make(chan result[T], 1)
	go func() {
		answer, err := question()
		if diff := cmp.Diff(before, s.mode()); diff != "" {
			s.t.Errorf("the terminal's mode: (-before +after)\n%s", diff)
		}
		answered <- result[T]{answer, err}
	}()
	return answered
}

func check[T any](t *testing.T, answered <-chan result[T], want T) {
	t.Helper()
	if got := <-answered; !cmp.Equal(got.answer, want) || got.err != nil {
		t.Errorf("got %v, %v; want %v", got.answer, got.err, want)
	}
}

// A poser poses a question about the lessons.
type poser func(s *screen, ctx context.Context, o Options) <-chan result[any]

// forEachKind runs a test of what the kinds of questions have in common.
func forEachKind(t *testing.T, test func(t *testing.T, ask poser)) {
	t.Run("Select", func(t *testing.T) {
		test(t, func(s *screen, ctx context.Context, o Options) <-chan result[any] {
			return pose(s, func() (any, error) { return Select(ctx, o, "Which lesson?", lessons, 1) })
		})
	})
	t.Run("MultiSelect", func(t *testing.T) {
		test(t, func(s *screen, ctx context.Context, o Options) <-chan result[any] {
			return pose(s, func() (any, error) { return MultiSelect(ctx, o, "Which lessons?", lessons) })
		})
	})
}

func TestCtrlCAndCtrlDInterrupt(t *testing.T) {
	forEachKind(t, func(t *testing.T, ask poser) {
		for _, key := range []string{"\x03", "\x04", " \x04", "\x1b[1;\x03", "x\x13y\x1a\x1c\x03"} {
			s := newScreen(t, 24, 80)
			answered := ask(s, t.Context(), s.options())
			s.waitFor("Gather")
			s.press(key)
			if got := <-answered; got.err != ErrInterrupted {
				t.Errorf("%q: got %v, want ErrInterrupted", key, got)
			}
			s.wait("a cursor", func(string) bool { return s.vt.CursorVisible() })
		}
	})
}

func TestCancellingEndsTheQuestion(t *testing.T) {
	forEachKind(t, func(t *testing.T, ask poser) {
		s := newScreen(t, 24, 80)
		ctx, cancel := context.WithCancel(t.Context())
		answered := ask(s, ctx, s.options())
		s.waitFor("Gather")
		cancel()
		if got := <-answered; got.err != context.Canceled {
			t.Errorf("got %v", got)
		}
		s.wait("a cursor", func(string) bool { return s.vt.CursorVisible() })
		if got := <-ask(s, ctx, s.options()); got.err != context.Canceled {
			t.Errorf("asked after that: %v", got)
		}
	})
}

func TestTheEndOfTheInputEndsTheQuestion(t *testing.T) {
	forEachKind(t, func(t *testing.T, ask poser) {
		s := newScreen(t, 24, 80)
		for name, open := range map[string]func() (*os.File, error){
			"a pipe":    func() (*os.File, error) { r, w, err := os.Pipe(); w.Close(); return r, err },
			"/dev/null": func() (*os.File, error) { return os.Open(os.DevNull) },
		} {
			in, err := open()
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			o := s.options()
			o.In = in
			if got := <-ask(s, t.Context(), o); !errors.Is(got.err, io.EOF) {
				t.Errorf("%s: got %v, want io.EOF", name, got.err)
			}
		}
	})
}

func TestAHangupEndsTheQuestion(t *testing.T) {
	for name, ask := range map[string]func(o Options) error{
		"Select":      func(o Options) error { _, err := Select(t.Context(), o, "Which lesson?", lessons, 0); return err },
		"MultiSelect": func(o Options) error { _, err := MultiSelect(t.Context(), o, "Which lessons?", lessons); return err },
	} {
		keyboard, tty, err := pty.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer tty.Close()
		answered := make(chan error, 1)
		go func() { answered <- ask(Options{In: tty, Out: tty}) }()
		keyboard.Close()
		if err := <-answered; err == nil || err == ErrInterrupted {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// In a window of another size a question is put anew, and goes on from where
// it was.
func TestAQuestionFollowsTheWindow(t *testing.T) {
	s := newScreen(t, 24, 80)
	o := s.options()
	rounds := 0
	o.Begin = func() (int, int) {
		rounds++
		fmt.Fprintf(s.tty, "\x1b[2J\x1b[Hround %d\r\n", rounds)
		columns, rows, err := term.GetSize(int(s.tty.Fd()))
		if err != nil {
			t.Error(err)
		}
		return rows - 1, columns
	}
	answered := s.askSeveral(t.Context(), o)
	s.waitFor("Gather?")
	s.press(" t\x1b[B")
	s.waitToShow("round 1\nWhich lessons?\nfilter: t  4 of 4\n  [x] Event loop\n> [ ] Coroutines\n  [ ] Tasks\n  [ ] Gather?")

	s.resize(4, 18)
	s.waitToShow("round 2\nWhich lessons?\n> [ ] Coroutines")
	s.press("\x1b[B")
	s.waitToShow("round 2\nWhich lessons?\n> [ ] Tasks")
	s.press(" ")
	s.resize(24, 80)
	s.waitToShow("round 3\nWhich lessons?\nfilter: t  4 of 4\n  [x] Event loop\n  [ ] Coroutines\n> [x] Tasks\n  [ ] Gather?")

	// Ctrl-L draws it anew, and leaves it where it is.
	s.press("\x0c")
	s.waitToShow("round 4\nWhich lessons?\nfilter: t  4 of 4\n  [x] Event loop\n  [ ] Coroutines\n> [x] Tasks\n  [ ] Gather?")
	s.press("\r")
	check(t, answered, []int{0, 2})
}

func TestColour(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	styled := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	forEachKind(t, func(t *testing.T, ask poser) {
		for _, colour := range []bool{true, false, true} {
			s := newScreen(t, 24, 80)
			o := s.options()
			o.Colour = colour
			answered := ask(s, t.Context(), o)
			s.waitFor("Gather")
			s.press("e\x1b[B \x18\x1b[B\r")
			if got := <-answered; got.err != nil {
				t.Error(got.err)
			}
			s.wait("nothing", func(shown string) bool { return shown == "" })
			if got := styled.MatchString(s.sent()); got != colour {
				t.Errorf("colour %v, but: %q", colour, s.sent())
			}
		}
	})
}

func TestNothingToChooseIsAnError(t *testing.T) {
	s := newScreen(t, 24, 80)
	if _, err := Select(t.Context(), s.options(), "Which?", nil, 0); err == nil {
		t.Error("Select: no error")
	}
	if _, err := MultiSelect(t.Context(), s.options(), "Which?", nil); err == nil {
		t.Error("MultiSelect: no error")
	}
}

func TestJunkHurtsNobody(t *testing.T) {
	pieces := []string{"\x1b", "\x1b[", "\x1bO", "\x1b]", "\x1bP", "\x1b[M", "1;5", "~", "\x9b", "a", "漢", " ", "\x1b[A", "\x18", "\r", "\x04"}
	forEachKind(t, func(t *testing.T, ask poser) {
		for seed := range uint64(60) {
			s := newScreen(t, 8, 40)
			if _, err := term.MakeRaw(int(s.tty.Fd())); err != nil { // what comes after the answer must not send signals
				t.Fatal(err)
			}
			answered := ask(s, t.Context(), s.options())
			s.waitFor("Gather")
			random := rand.New(rand.NewPCG(seed, 0))
			for range 60 {
				junk := string([]byte{byte(random.UintN(256))})
				if random.UintN(2) == 0 {
					junk = pieces[random.IntN(len(pieces))]
				}
				s.press(junk)
			}
			s.press("\x03") // if it still asks
			if got := <-answered; got.err != nil && got.err != ErrInterrupted {
				t.Errorf("seed %d: %v", seed, got.err)
			}
		}
	})
}
