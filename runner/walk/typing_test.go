package walk

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons"
	"gosyncio/runner/terminal"
)

// newTyping types worker A's time of tasks, which is two seconds, in a
// window of that size.
func newTyping(t *testing.T, columns, rows int) *typing {
	t.Helper()
	lesson, err := lessons.Find("tasks")
	if err != nil {
		t.Fatal(err)
	}
	m := &typing{style: terminal.NewStyle(false), setting: lesson.Settings[0], values: lesson.Defaults(), text: "2s"}
	m.Update(tea.WindowSizeMsg{Width: columns, Height: rows})
	return m
}

func TestTyping(t *testing.T) {
	t.Parallel()
	const erase, eraseAll = "backspace", "ctrl+u"
	for _, test := range []struct {
		name string
		keys []string
		want []string // on the screen, unless it has quit
		quit bool
		a    string // the setting's value then
	}{
		{"nothing", nil, []string{"a, how long worker A takes", "> 2s_", "enter takes it"}, false, "2s"},
		{"all is erased", []string{eraseAll}, []string{"> _"}, false, "2s"},
		{"bad", []string{"s", "o", "o", "n"}, []string{"> soon_", "not a duration; write a number and a unit"}, false, "2s"},
		{"bad is not taken", []string{"s", "o", "o", "n", "enter", "e", "r"}, []string{"> sooner_", "not a duration"}, false, "2s"},
		{"left", []string{"3", "s", "esc"}, nil, true, "2s"},
		{"bad, left", []string{"s", "o", "o", "n", "enter", "esc"}, nil, true, "2s"},
		{"replaced", []string{"3", "0", "0", "m", "s"}, []string{"> 300ms_", "enter takes it"}, false, "2s"},
		{"taken", []string{"3", "0", "0", "m", "s", "enter"}, nil, true, "300ms"},
		{"as it was, taken", []string{"enter"}, nil, true, "2s"},
		{"changed", []string{erase, "m", "s"}, []string{"> 2ms_"}, false, "2s"},
		{"changed, taken", []string{erase, "m", "s", "enter"}, nil, true, "2ms"},
		{"erased", []string{erase, erase, "s", erase}, []string{"> _"}, false, "2s"},
		{"erased beyond", []string{erase, erase, erase, "4"}, []string{"> 4_", "not a duration"}, false, "2s"},
		{"keys without text", []string{"up", "home"}, []string{"> 2s_"}, false, "2s"},
		{"space", []string{"space"}, []string{"> 2s_"}, false, "2s"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := newTyping(t, 80, 24)
			quit := false
			for _, name := range test.keys {
				_, cmd := m.Update(keyPress(name))
				quit = quits(cmd)
			}
			shown := strings.Join(m.rows(), "\n")
			for _, want := range test.want {
				if !strings.Contains(shown, want) {
					t.Errorf("no %q in\n%s", want, shown)
				}
			}
			if a := m.values.Texts()["a"]; a != test.a || quit != test.quit {
				t.Errorf("quit %v with %s, want %v with %s", quit, a, test.quit, test.a)
			}
		})
	}
}

// What is pasted is shown as far as there is room, and does nothing to the
// terminal.
func TestTypingIsPasted(t *testing.T) {
	t.Parallel()
	m := newTyping(t, 30, 6)
	m.Update(tea.PasteMsg{Content: ""})
	if shown := m.rows(); !strings.Contains(strings.Join(shown, "\n"), "> 2s_") {
		t.Errorf("shown is %q", shown)
	}
	m.Update(tea.PasteMsg{Content: "\x1b[31m" + strings.Repeat("1", 3000) + "end"})
	if len(m.text) > 2000 {
		t.Errorf("%d bytes are kept", len(m.text))
	}
	m.Update(keyPress("backspace"))
	m.Update(tea.PasteMsg{Content: "9"})
	rows := m.rows()
	if len(rows) > 6 {
		t.Errorf("%d rows: %q", len(rows), rows)
	}
	for _, row := range rows {
		if ansi.StringWidth(row) > 30 || strings.Contains(row, "\x1b") {
			t.Errorf("%d columns: %q", ansi.StringWidth(row), row)
		}
	}
	if shown := strings.Join(rows, "\n"); !strings.Contains(shown, "> …111") || !strings.Contains(shown, "119_") {
		t.Errorf("the end is not shown:\n%s", shown)
	}
	if view := m.View(); !view.AltScreen || view.Content != strings.Join(rows, "\n") {
		t.Errorf("the view is %+v", view)
	}
}
