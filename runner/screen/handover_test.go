//go:build unix

package screen

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"

	"gosyncio/runner/prompt"
	"gosyncio/runner/terminal"
)

type pg struct{ n int }

func (p pg) Init() tea.Cmd { return nil }
func (p pg) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "x" {
		return p, tea.Quit
	}
	return p, nil
}
func (p pg) View() tea.View {
	v := tea.NewView(fmt.Sprintf("PAGE-%d.", p.n))
	v.AltScreen = true
	return v
}

func TestZZHandover(t *testing.T) {
	for w := range 24 {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			kb, tty, err := pty.Open()
			if err != nil {
				t.Fatal(err)
			}
			pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: 80})
			var mu sync.Mutex
			var out bytes.Buffer
			go func() {
				b := make([]byte, 4096)
				for {
					n, err := kb.Read(b)
					mu.Lock()
					out.Write(b[:n])
					mu.Unlock()
					if bytes.Contains(b[:n], []byte("\x1b[?2026$p")) {
						go func() {
							time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
							kb.WriteString("\x1b[?2026;2$y\x1b[?2027;2$y\x1b[?1u")
						}()
					}
					if err != nil {
						return
					}
				}
			}()
			waitFor := func(text string) bool {
				for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(200 * time.Microsecond) {
					mu.Lock()
					ok := bytes.Contains(out.Bytes(), []byte(text))
					if ok {
						out.Reset()
					}
					mu.Unlock()
					if ok {
						return true
					}
				}
				return false
			}
			s := New(terminal.Streams{In: tty, Out: tty, Environ: append(os.Environ(), "TERM=xterm-256color")}, false)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			go func() {
				for i := 0; ctx.Err() == nil; i++ {
					s.Run(ctx, pg{i}, true)
					s.Choose(ctx, Question{Text: fmt.Sprintf("QUEST-%d.", i), Choices: []prompt.Choice{{Label: "aa"}, {Label: "bb"}}})
				}
			}()
			n := 0
			for end := time.Now().Add(15 * time.Second); time.Now().Before(end); n++ {
				if !waitFor(fmt.Sprintf("PAGE-%d.", n)) {
					t.Fatalf("no page %d: %q", n, out.String())
				}
				if rand.IntN(2) == 0 {
					time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
				}
				kb.WriteString("x")
				if !waitFor(fmt.Sprintf("QUEST-%d.", n)) {
					t.Fatalf("no quest %d: %q", n, out.String())
				}
				kb.WriteString("b")
				if !waitFor("filter: b ") {
					t.Fatalf("no filter %d: %q", n, out.String())
				}
				kb.WriteString("\r")
			}
			t.Log(n, "rounds")
		})
	}
}
