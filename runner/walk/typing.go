package walk

import (
	"cmp"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons"
	"gosyncio/runner/course"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// typing is the model in which a value is typed, and checked with every key.
type typing struct {
	style         terminal.Style
	setting       lessons.Setting
	values        lessons.Values // with the value, once it is taken
	text          string
	touched       bool // before that, what is typed replaces the text
	left          bool // it is about to quit
	width, height int
}

func (t *typing) Init() tea.Cmd { return nil }

func (t *typing) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.width, t.height = terminal.SizeOr(msg.Width, msg.Height)
	case tea.PasteMsg:
		t.enter(msg.Content)
	case tea.KeyPressMsg:
		switch key := msg.String(); key {
		case "esc":
			t.left = true
			return t, tea.Quit
		case "ctrl+u":
			t.text, t.touched = "", true
		case "backspace":
			t.touched = true
			if runes := []rune(t.text); len(runes) > 0 {
				t.text = string(runes[:len(runes)-1])
			}
		case "enter":
			if values, err := t.values.With(t.setting.Name, t.text); err == nil {
				t.values, t.left = values, true
				return t, tea.Quit
			}
		default:
			t.enter(msg.Text)
		}
	}
	return t, nil
}

// enter adds to the text. The first replaces it, as it is the old value.
func (t *typing) enter(text string) {
	if text == "" {
		return
	}
	if !t.touched {
		t.text, t.touched = "", true
	}
	const longest = 2000
	t.text += text
	t.text = strings.ToValidUTF8(t.text[:min(len(t.text), longest)], "")
}

// problem is why the value cannot be taken; "" if it can.
func (t *typing) problem() string {
	_, err := t.values.With(t.setting.Name, t.text)
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*fault.Error](course.Explain("", err)); ok {
		return err.Error() + "; " + e.Next
	}
	return err.Error()
}

func (t *typing) View() tea.View {
	view := tea.NewView(strings.Join(t.rows(), "\n"))
	view.AltScreen = true
	return view
}

func (t *typing) rows() []string {
	if t.width == 0 {
		return nil // not known yet
	}
	verdict := cmp.Or(t.problem(), "enter takes it   esc leaves it as it was")
	width := max(t.width-1, 10)
	text, room := terminal.Printable(t.text), max(t.width-len("> _")-1, 1)
	if w := ansi.StringWidth(text); w > room {
		text = "…" + ansi.TruncateLeft(text, w-room+1, "") // the end is what is being typed
	}
	rows := terminal.Wrap(t.style.Title(t.setting.Name)+", "+t.setting.Usage, 0, width)
	rows = append(rows, "", "> "+text+"_", "")
	rows = append(rows, terminal.Wrap(verdict, 0, width)...)
	for i := range rows { // a word may be longer than the window is wide
		rows[i] = ansi.Truncate(rows[i], t.width, "…")
	}
	return rows[:min(len(rows), max(t.height, 1))]
}
