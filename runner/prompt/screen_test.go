//go:build !windows

package prompt

import (
	"bufio"
	"bytes"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"golang.org/x/sys/unix"
)

// A screen is a terminal with a learner before it.
type screen struct {
	t        *testing.T
	keyboard *os.File // the terminal's other end
	tty      *os.File
	vt       vt10x.Terminal

	mu    sync.Mutex
	drawn *sync.Cond
	raw   bytes.Buffer // all that was sent to the terminal
	done  bool

	awaited func(shown string) bool // nil is nothing
	came    string                  // the screen on which it came
}

func newScreen(t *testing.T, rows, columns int) *screen {
	t.Helper()
	keyboard, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(tty, &pty.Winsize{Rows: uint16(rows), Cols: uint16(columns)}); err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, keyboard: keyboard, tty: tty, vt: vt10x.New(vt10x.WithSize(columns, rows))}
	s.drawn = sync.NewCond(&s.mu)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		sent := bufio.NewReader(keyboard)
		for {
			r, _, err := sent.ReadRune()
			s.mu.Lock()
			if r < ' ' {
				s.look()
			}
			if err == nil {
				s.raw.WriteRune(r)
				s.vt.Write([]byte(string(r)))
			}
			s.done = s.done || err != nil
			if sent.Buffered() == 0 {
				s.look()
			}
			s.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		tty.Close()
		<-ended
		keyboard.Close()
	})
	return s
}

// options are those that ask on this screen.
func (s *screen) options() Options { return Options{In: s.tty, Out: s.tty} }

func (s *screen) press(keys string) {
	s.t.Helper()
	if _, err := s.keyboard.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// resize changes the size of the screen, as a terminal does.
func (s *screen) resize(rows, columns int) {
	s.t.Helper()
	s.mu.Lock()
	s.vt.Resize(columns, rows)
	s.mu.Unlock()
	if err := pty.Setsize(s.tty, &pty.Winsize{Rows: uint16(rows), Cols: uint16(columns)}); err != nil {
		s.t.Fatal(err)
	}
	// It is not the terminal of the test's process, which so has to be told.
	if err := unix.Kill(os.Getpid(), unix.SIGWINCH); err != nil {
		s.t.Fatal(err)
	}
}

// look is called with what was shown before each sequence and at the end of
// what has been sent, with s.mu held: what a test waits for is found the first
// time it is there, however short it stands.
func (s *screen) look() {
	if s.awaited == nil {
		return
	}
	shown := s.shown()
	if s.awaited(shown) {
		s.awaited, s.came = nil, shown
	}
	if s.awaited == nil || s.done {
		s.drawn.Broadcast()
	}
}

// waitToShow waits until the screen shows the text and nothing else.
func (s *screen) waitToShow(text string) {
	s.t.Helper()
	s.wait(text, func(shown string) bool { return shown == text })
}

// waitFor waits until the screen shows the text, and returns all of it.
func (s *screen) waitFor(text string) string {
	s.t.Helper()
	return s.wait(text, func(shown string) bool { return strings.Contains(shown, text) })
}

func (s *screen) wait(what string, ok func(shown string) bool) string {
	s.t.Helper()
	late := time.AfterFunc(time.Minute, func() { // only if the test fails
		s.mu.Lock()
		s.done = true
		s.drawn.Broadcast()
		s.mu.Unlock()
	})
	defer late.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.awaited = ok
	for s.look(); s.awaited != nil; {
		if s.done {
			s.t.Fatalf("no %q on the screen:\n%s", what, s.shown())
		}
		s.drawn.Wait()
	}
	return s.came
}

// shown are the lines of the screen without trailing spaces.
func (s *screen) shown() string {
	var lines []string
	for line := range strings.SplitSeq(s.vt.String(), "\n") {
		lines = append(lines, strings.TrimRight(line, " \x00"))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// sent is all that has been sent to the terminal.
func (s *screen) sent() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.String()
}

// mode is the terminal's mode.
func (s *screen) mode() unix.Termios {
	s.t.Helper()
	mode, err := unix.IoctlGetTermios(int(s.tty.Fd()), getMode)
	if err != nil {
		s.t.Fatal(err)
	}
	return *mode
}
