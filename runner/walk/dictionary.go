package walk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
	"gosyncio/runner/dictionary"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// Dictionary shows an entry of those found, as often as the learner chooses
// one; if there is only one, that one. It is for the screen alone.
func (t *Tour) Dictionary(ctx context.Context, d dictionary.Dictionary, found []content.Entry) error {
	if len(found) == 1 {
		return leftWithout(t.showEntry(ctx, found[0]))
	}
	for current := 0; ; {
		e, chosen, err := t.chooseEntry(ctx, d, found, current)
		if err == nil {
			err = t.showEntry(ctx, e)
		}
		if err != nil {
			return leftWithout(err)
		}
		current = chosen
	}
}

// leftWithout is err, unless that says only that the learner has left.
func leftWithout(err error) error {
	if errors.Is(err, prompt.ErrBack) || errors.Is(err, prompt.ErrQuit) {
		return nil
	}
	return err
}

// lookUp asks for a word, shows its entry, and comes back to the page.
func (w *Walk) lookUp(ctx context.Context) error {
	d, err := dictionary.Load()
	if err != nil {
		return err
	}
	e, _, err := w.tour.chooseEntry(ctx, d, d.Entries, 0)
	if err != nil {
		return err
	}
	return w.tour.showEntry(ctx, e)
}

// chooseEntry asks for one of the entries; the cursor starts on the one of index
// current. Where there is a line after the other, it asks for a word before it
// lists any.
func (t *Tour) chooseEntry(ctx context.Context, d dictionary.Dictionary, entries []content.Entry, current int) (e content.Entry, chosen int, err error) {
	if _, lines := t.screen.(*screen.Lines); lines && len(entries) == len(d.Entries) {
		if entries, err = t.askWord(ctx, d); err != nil || len(entries) == 1 {
			return only(entries), 0, err
		}
	}
	columns, _ := t.screen.Size()
	q := screen.Question{
		Above:   []string{terminal.NewStyle(t.screen.Colours()).Title("Dictionary: asyncio's words in Go, and Go's in asyncio"), ""},
		Text:    fmt.Sprintf("Which of %d? Type a word of either language.", len(entries)),
		Current: current,
	}
	for _, e := range entries {
		q.Choices = append(q.Choices, prompt.Choice{
			Label: entryRow(e, columns), Match: strings.Join(dictionary.Words(e), " "),
			Spoken: e.Title() + ". In Go: " + content.StripBackticks(e.Go),
		})
	}
	if chosen, err = t.screen.Choose(ctx, q); err != nil {
		return content.Entry{}, 0, err
	}
	return entries[chosen], chosen, nil
}

// only is the entry that was found, if it is the only one.
func only(entries []content.Entry) content.Entry {
	if len(entries) != 1 {
		return content.Entry{}
	}
	return entries[0]
}

// entryRow is an entry in a line of a list, its names and Go's in columns.
func entryRow(e content.Entry, columns int) string {
	room := columns - len("> ") - 1 // no line reaches the last column
	names := min(room/2, 36)
	row := fmt.Sprintf("%-*s  ", names, cutAtWord(e.Title(), names)) + content.StripBackticks(e.Go)
	return strings.TrimRight(cutAtWord(row, room), " ")
}

// cutAtWord is a text in at most width columns.
func cutAtWord(text string, width int) string {
	if ansi.StringWidth(text) <= width {
		return text
	}
	cut := ansi.Truncate(text, width-len(" …")+1, "")
	if i := strings.LastIndex(cut, " "); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,") + " …"
}

// showEntry shows an entry until the learner goes back from it. Nothing of that
// is noted. The error is prompt.ErrQuit if the learner quits there.
func (t *Tour) showEntry(ctx context.Context, e content.Entry) error {
	lesson, err := dictionary.Lesson(e)
	if err != nil {
		return err
	}
	reading := *t
	reading.journal = new(progress.Journal)
	w := newWalk(ctx, &reading, lesson, "an entry")
	w.entry = true
	defer w.watch.Close()
	how, err := reading.through(ctx, w)
	if err == nil && how == leftProgram {
		err = prompt.ErrQuit
	}
	return err
}

// leaveEntry answers a key that leads from an entry back to where it was asked
// for, and reports whether it was one.
func (w *Walk) leaveEntry(key string) (tea.Cmd, bool) {
	back := key == "esc" || w.part == 0 && (key == "b" || key == "backspace")
	if !w.entry || !back {
		return nil, false
	}
	return w.leave(leftAtEnd), true
}

// entryKeys is the line at the foot of an entry.
func (w *Walk) entryKeys() string {
	does := "enter back"
	_, runs := w.runBlock()
	switch {
	case w.part+1 < len(w.parts()):
		does = "enter more"
	case runs:
		does = "enter run"
	}
	return w.keyLine(does, append(w.codeKeys(), "b back", "d word", "q quit", "? keys")...)
}
