package walk

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"gosyncio/content"
	"gosyncio/runner/dictionary"
	"gosyncio/runner/fault"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// A wording is the model in which a word is typed, where the list of all words
// would be read out line by line.
type wording struct {
	dictionary dictionary.Dictionary
	said       []string // of words that there are not
	typed      string
	found      []content.Entry
	left       bool // it is about to quit
	width      int
}

// askWord asks for a word, until one is in the dictionary, and returns its
// entries. The error is prompt.ErrBack if none is typed.
func (t *Tour) askWord(ctx context.Context, d dictionary.Dictionary) ([]content.Entry, error) {
	w := &wording{dictionary: d}
	if err := t.screen.Run(ctx, w, true); err != nil {
		return nil, err
	}
	if len(w.found) == 0 {
		return nil, prompt.ErrBack
	}
	return w.found, nil
}

func (w *wording) Init() tea.Cmd { return nil }

func (w *wording) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		w.width, _ = terminal.SizeOr(msg.Width, msg.Height)
	case tea.PasteMsg:
		w.typed = msg.Content
	case tea.KeyPressMsg:
		switch msg.String() {
		case "esc":
			w.left = true
			return w, tea.Quit
		case "enter":
			return w, w.find()
		}
	}
	return w, nil
}

// find looks for what was typed, and quits if it is there.
func (w *wording) find() tea.Cmd {
	found, err := w.dictionary.Find(w.typed)
	if err == nil {
		w.found, w.left = found, true
		return tea.Quit
	}
	text := err.Error()
	if e, ok := errors.AsType[*fault.Error](err); ok {
		text += ": " + e.Next
	}
	w.said = append(w.said, terminal.Wrap(terminal.Printable(text), 0, max(w.width-1, 10))...)
	return nil
}

func (w *wording) View() tea.View { return tea.NewView("") }

// Text is what there is to read, for a screen of lines.
func (w *wording) Text() screen.Text {
	return screen.Text{
		Lines: append([]string{"Dictionary"}, w.said...),
		Keys:  "a word of asyncio or of Go (enter alone goes back)",
		Value: true, Over: w.left,
	}
}
