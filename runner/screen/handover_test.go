//go:build unix

package screen

import (
	"bytes"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"

	"gosyncio/runner/prompt"
	"gosyncio/runner/terminal"
	"gosyncio/runner/termtest"
)

// numbered is a page that any key leaves.
type numbered int

func (n numbered) Init() tea.Cmd { return nil }

func (n numbered) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		return n, tea.Quit
	}
	return n, nil
}

func (n numbered) Text() Text { return Text{} }

func (n numbered) View() tea.View {
	view := tea.NewView(fmt.Sprintf("page %d.", n))
	view.AltScreen = true
	return view
}

// A typist looks at a terminal and types.
type typist struct {
	t        *testing.T
	keyboard *os.File

	mu    sync.Mutex
	seen  *sync.Cond
	raw   []byte // since the last text that was waited for
	shows *termtest.Screen
	late  bool
}

// newTypist is one before a new terminal, which answers what it is asked.
func newTypist(t *testing.T) (p *typist, tty *os.File) {
	t.Helper()
	keyboard, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	p = &typist{t: t, keyboard: keyboard, shows: termtest.NewScreen(120, 24)}
	p.seen = sync.NewCond(&p.mu)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		for buf := make([]byte, 4096); ; {
			n, err := keyboard.Read(buf)
			if err != nil {
				return
			}
			if bytes.Contains(buf[:n], []byte("\x1b[?2026$p")) {
				p.press("\x1b[?2026;2$y\x1b[?2027;2$y\x1b[?1u")
			}
			p.mu.Lock()
			p.raw = append(p.raw, buf[:n]...)
			p.shows.Write(buf[:n])
			p.seen.Broadcast()
			p.mu.Unlock()
		}
	}()
	t.Cleanup(func() {
		tty.Close()
		<-watched
		keyboard.Close()
	})
	return p, tty
}

func (p *typist) press(keys string) {
	if _, err := p.keyboard.WriteString(keys); err != nil {
		p.t.Error(err)
	}
}

// waitFor waits until the text has been written.
func (p *typist) waitFor(text string) {
	p.t.Helper()
	defer time.AfterFunc(time.Minute, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.late = true
		p.seen.Broadcast()
	}).Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	for !bytes.Contains(p.raw, []byte(text)) {
		if p.late {
			p.t.Fatalf("no %q in %q", text, p.raw)
		}
		p.seen.Wait()
	}
	p.raw = nil
}

// Between a program's end and the first key of a question nobody else reads
// the terminal, nor the other way round, however fast they follow each other.
func TestNoKeyIsLostBetweenTwoThingsOnTheScreen(t *testing.T) {
	t.Parallel()
	const rounds = 100
	p, tty := newTypist(t)
	s := New(terminal.Streams{In: tty, Out: tty, Environ: []string{"TERM=xterm-256color"}}, false)
	ended := make(chan error, 1)
	go func() {
		for i := range rounds {
			if err := s.Run(t.Context(), numbered(i), true); err != nil {
				ended <- err
				return
			}
			chosen, err := s.Choose(t.Context(), Question{Text: fmt.Sprintf("question %d.", i), Choices: Labels("one", "two")})
			if err != nil || chosen != 1 {
				ended <- fmt.Errorf("round %d: chosen %d, %v", i, chosen, err)
				return
			}
		}
		ended <- nil
	}()
	for i := range rounds {
		p.waitFor(fmt.Sprintf("page %d.", i))
		p.press("x")
		p.waitFor(fmt.Sprintf("question %d.", i))
		p.press("tw")
		p.waitFor("filter: tw")
		p.press("\r")
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Whoever stops a keyboard knows that nobody reads the terminal any more.
func TestAStoppedKeyboardLeavesTheKeysToOthers(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	for range 200 {
		k, err := newKeyboard(r, func(error) {})
		if err != nil {
			t.Fatal(err)
		}
		read := make(chan int, 1)
		go func() {
			n, _ := k.Read(make([]byte, 8))
			read <- n
		}()
		k.stop()
		w.WriteString("k")
		if n := <-read; n != 0 {
			t.Fatal("it reads what is typed after that")
		}
		var key [8]byte
		if n, err := r.Read(key[:]); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if n, err := k.Read(key[:]); n != 0 || err == nil {
			t.Fatalf("stopped, it reads %d, %v", n, err)
		}
		if err := k.start(); err != nil {
			t.Fatal(err)
		}
		w.WriteString("\n")
		if n, err := k.Read(key[:]); string(key[:n]) != "\r" || err != nil {
			t.Fatalf("started again, it reads %q, %v", key[:n], err)
		}
		k.stop()
	}
}

// Ctrl-L draws all anew, Ctrl-C interrupts, and the model, which any key
// leaves, gets neither.
func TestTheKeysThatHoldEverywhere(t *testing.T) {
	t.Parallel()
	p, tty := newTypist(t)
	s := New(terminal.Streams{In: tty, Out: tty, Environ: []string{"TERM=xterm-256color"}}, false)
	ended := make(chan error, 1)
	go func() { ended <- s.Run(t.Context(), numbered(0), true) }()
	for range 3 {
		p.waitFor("page 0.")
		p.press("\x0c")
	}
	p.waitFor("page 0.")
	p.press("\x03")
	if err := <-ended; err != prompt.ErrInterrupted {
		t.Error(err)
	}
}
