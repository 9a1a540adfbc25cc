//go:build !windows

package prompt

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
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

type result struct {
	choice int
	err    error
}

// ask asks for a lesson, from the second one on. The result comes when the
// question has been answered; the terminal's mode must be as before.
func (s *screen) ask(ctx context.Context, o Options) <-chan result {
	before := s.mode()
	answered := make(chan result, 1)
	go func() {
		choice, err := Select(ctx, o, "Which lesson?", lessons, 1)
		if diff := cmp.Diff(before, s.mode()); diff != "" {
			s.t.Errorf("the terminal's mode: (-before +after)\n%s", diff)
		}
		answered <- result{choice, err}
	}()
	return answered
}

func check(t *testing.T, answered <-chan result, choice int) {
	t.Helper()
	if got := <-answered; got.choice != choice || got.err != nil {
		t.Errorf("got %d, %v; want %d", got.choice, got.err, choice)
	}
}

func TestTheScreen(t *testing.T) {
	s := newScreen(t, 24, 80)
	answered := s.ask(t.Context(), s.options())
	got := s.waitFor("Gather")
	want := `Which lesson?
arrows move, type to filter, enter chooses, ctrl+c quits
  Event loop
> Coroutines
  Tasks
  Gather?`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	s.press("task")
	got = s.waitFor("filter: task  1 of 4")
	if diff := cmp.Diff("Which lesson?\nfilter: task  1 of 4\n> Tasks", got); diff != "" {
		t.Error(diff)
	}
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
	s.waitFor("filter: xyza  nothing matches")
	s.press("\x04")
	if got := <-answered; got.err != ErrInterrupted {
		t.Errorf("got %v", got)
	}
}

func TestCtrlCAndCtrlDInterrupt(t *testing.T) {
	for _, key := range []string{"\x03", "\x04", "\x1b[1;\x03", "x\x13y\x1a\x1c\x03"} {
		s := newScreen(t, 24, 80)
		answered := s.ask(t.Context(), s.options())
		s.waitFor("Gather")
		s.press(key)
		if got := <-answered; got.err != ErrInterrupted {
			t.Errorf("%q: got %v, want ErrInterrupted", key, got)
		}
		s.wait("a cursor", func(string) bool { return s.vt.CursorVisible() })
	}
}

func TestCancellingEndsTheQuestion(t *testing.T) {
	s := newScreen(t, 24, 80)
	ctx, cancel := context.WithCancel(t.Context())
	answered := s.ask(ctx, s.options())
	s.waitFor("Gather")
	cancel()
	if got := <-answered; got.err != context.Canceled {
		t.Errorf("got %v", got)
	}
	s.wait("a cursor", func(string) bool { return s.vt.CursorVisible() })
	if got := <-s.ask(ctx, s.options()); got.err != context.Canceled {
		t.Errorf("asked after that: %v", got)
	}
}

func TestTheEndOfTheInputEndsTheQuestion(t *testing.T) {
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
		if got := <-s.ask(t.Context(), o); !errors.Is(got.err, io.EOF) {
			t.Errorf("%s: got %v, want io.EOF", name, got.err)
		}
	}
}

func TestAHangupEndsTheQuestion(t *testing.T) {
	keyboard, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	answered := make(chan error, 1)
	go func() {
		_, err := Select(t.Context(), Options{In: tty, Out: tty}, "Which lesson?", lessons, 0)
		answered <- err
	}()
	keyboard.Close()
	if err := <-answered; err == nil || err == ErrInterrupted {
		t.Errorf("got %v", err)
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

func TestColour(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	styled := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	for _, colour := range []bool{true, false, true} {
		s := newScreen(t, 24, 80)
		o := s.options()
		o.Colour = colour
		answered := s.ask(t.Context(), o)
		s.waitFor("Gather")
		s.press("e\x1b[B\r")
		check(t, answered, 2)
		s.wait("nothing", func(shown string) bool { return shown == "" })
		if got := styled.MatchString(s.sent()); got != colour {
			t.Errorf("colour %v, but: %q", colour, s.sent())
		}
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
		answered := make(chan result, 1)
		go func() {
			choice, err := Select(t.Context(), s.options(), "Which?", choices, 0)
			answered <- result{choice, err}
		}()
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
	o.Rows, o.Columns = 5, 30
	answered := s.ask(t.Context(), o)
	got := s.waitFor("> Coroutines")
	if want := "Which lesson?\narrows, enter, ctrl+c\n  Event loop\n> Coroutines"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s.press("\r")
	check(t, answered, 1)
}

func TestNothingToChooseIsAnError(t *testing.T) {
	s := newScreen(t, 24, 80)
	if _, err := Select(t.Context(), s.options(), "Which?", nil, 0); err == nil {
		t.Error("no error")
	}
}

func TestJunkHurtsNobody(t *testing.T) {
	pieces := []string{"\x1b", "\x1b[", "\x1bO", "\x1b]", "\x1bP", "\x1b[M", "1;5", "~", "\x9b", "a", "漢", "\r", "\x04"}
	for seed := range uint64(60) {
		s := newScreen(t, 8, 40)
		if _, err := term.MakeRaw(int(s.tty.Fd())); err != nil { // what comes after the answer must not send signals
			t.Fatal(err)
		}
		answered := s.ask(t.Context(), s.options())
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
}
