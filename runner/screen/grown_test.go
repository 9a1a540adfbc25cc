//go:build unix

package screen

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/terminal"
)

// growing is a page in a window that g makes wider. It fills its first line
// until n, which leaves the left of it. q leaves the page.
type growing struct {
	width  int
	narrow bool
}

func (g growing) Init() tea.Cmd { return nil }

func (g growing) Text() Text { return Text{} }

func (g growing) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		g.width = msg.Width
	case tea.KeyPressMsg:
		switch msg.String() {
		case "g":
			return g, func() tea.Msg { return tea.WindowSizeMsg{Width: 120, Height: 24} }
		case "n":
			g.narrow = true
		case "q":
			return g, tea.Quit
		}
	}
	return g, nil
}

func (g growing) View() tea.View {
	line := "left"
	if !g.narrow {
		line += strings.Repeat(" ", max(g.width-10, 0)) + "right"
	}
	view := tea.NewView(line)
	view.AltScreen = true
	return view
}

// What was drawn where the window has grown does not stay there.
func TestAWindowThatHasGrownIsDrawnWhole(t *testing.T) {
	t.Parallel()
	p, tty := newTypist(t)
	line := func() string {
		p.mu.Lock()
		defer p.mu.Unlock()
		return strings.TrimRight(p.shows.Rows()[0], " ")
	}
	wait := func(what string, ok func(string) bool) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); !ok(line()); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("never %s, but %q", what, line())
			}
		}
	}

	ended := make(chan error, 1)
	s := New(terminal.Streams{In: tty, Out: tty, Environ: []string{"TERM=xterm-256color"}}, false)
	go func() { ended <- s.Run(t.Context(), growing{}, true) }()
	defer func() {
		p.press("q")
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	wait("the page", func(line string) bool { return strings.HasSuffix(line, "right") })
	p.press("g")
	wait("the wide page", func(line string) bool { return strings.Index(line, "right") > 100 })
	p.press("n")
	wait("the narrow line", func(line string) bool { return line == "left" })
}
