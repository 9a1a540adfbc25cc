package walk

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/page"
	"gosyncio/runner/show"
	"gosyncio/runner/terminal"
)

// A card stands on the screen, in place of all else, until a key is pressed,
// which does nothing else.
type card interface {
	// lines are the card for a window of that size.
	lines(style terminal.Style, width, height int) []string
}

// A help is the list of keys of where the learner is.
type help struct {
	heading string
	keys    [][2]string
}

func (h *help) lines(style terminal.Style, width, height int) []string {
	return cardLines(style, h.heading, terminal.Keys(h.keys, page.Width(width)), width, height)
}

// cardLines are a heading and lines, as a card for a window of that size.
func cardLines(style terminal.Style, heading string, lines []string, width, height int) []string {
	margin := strings.Repeat(" ", page.SideMargin)
	rows := []string{" " + style.Title(heading), ""}
	for _, line := range lines {
		rows = append(rows, margin+line)
	}
	const closes = " any key closes this"
	rows = rows[:min(len(rows), max(height-1, 0))]
	for len(rows) < height-1 {
		rows = append(rows, "")
	}
	rows = append(rows, style.Faint(closes))
	for i := range rows {
		rows[i] = ansi.Truncate(rows[i], width, "…")
	}
	return rows
}

// keysHere is the list of keys of what is on the screen.
func (w *Walk) keysHere() *help {
	switch {
	case w.watch.Live != nil:
		return &help{"The keys of a run", w.runKeys()}
	case w.slide != nil:
		return &help{"The keys of a question", append([][2]string{
			{"enter, space, n", "go on"},
			{"b, left, pgup", "back"},
			{"a", "shows the answer, or hides it"},
			{"up, down", "choose the answer whose hands are counted"},
			{"digits, backspace", "count hands"},
		}, append(w.classKeys(), keysEverywhere(true)...)...)}
	}
	if w.entry {
		return &help{"The keys of an entry", append([][2]string{
			{"enter, space, down, pgdn", "go on: to the rest of the entry, then to its run"},
			{"b, backspace, esc", "back to where you came from"},
			{"d", "looks up another word"},
			{"tab", "Go or Python, where there is room for one of them"},
			{"f", "opens the code that is folded, or folds it"},
			{"e", "opens the whole program in your editor"},
		}, keysEverywhere(true)...)}
	}
	return &help{"The keys of a page", append([][2]string{
		{"enter, space, down, pgdn", "go on: to the rest of the page, then to what stands at its end"},
		{"backspace, b, up, pgup", "back"},
		{"n", "next page, without what stands at the end of this one"},
		{"p", "the exercises, on the page that offers them"},
		{"digits, enter", "the page with that number"},
		{"tab", "Go or Python, where there is room for one of them"},
		{"f", "opens the code that is folded, or folds it"},
		{"e", "opens the whole program in your editor"},
	}, slices.Concat(dictionaryKey(w.presenting), w.classKeys(), w.memberKeys(), keysEverywhere(w.presenting))...)}
}

// classKeys are the keys that a class adds, as classKey answers them.
func (w *Walk) classKeys() (keys [][2]string) {
	if w.teaching == nil {
		return nil
	}
	if w.slide != nil {
		keys = append(keys, [2]string{"v", "closes the vote, or has the class vote again"})
	}
	keys = append(keys, [2]string{"j", "says how to join the class"})
	if w.watch.Live == nil {
		keys = append(keys, [2]string{"l", "shows where learners are"})
	}
	return keys
}

// dictionaryKey is the key that looks a word up, where it does.
func dictionaryKey(presenting bool) [][2]string {
	if presenting {
		return nil
	}
	return [][2]string{{"d", "looks a word up in the dictionary"}}
}

// runKeys are those of the stage.
func (w *Walk) runKeys() [][2]string {
	keys := [][2]string{
		{"enter, space", "next page, when the runs have ended"},
		{"n", "next page, at once"},
		{"b, backspace", "back to the page"},
	}
	if w.entry {
		keys = [][2]string{{"b, backspace", "back to the entry; also enter, when the runs have ended"}}
	}
	if w.presenting {
		keys = append(keys, [2]string{"a", "shows the answer, or hides it"})
	} else {
		keys = append(keys, [2]string{"c", "changes settings, CPUs or language, when the runs have ended"})
	}
	return slices.Concat(keys, w.watch.keys(), w.classKeys(), w.memberKeys(), keysEverywhere(w.presenting || w.entry))
}

// keys are those that a stage answers wherever it stands.
func (w *watch) keys() [][2]string {
	keys := [][2]string{{"r", "runs it again, when the runs have ended"}}
	if w.canToggle() {
		keys = append(keys, [2]string{"p", "with Python or without it"})
	}
	return append(keys, show.Keys()...)
}

// keysEverywhere are those that hold wherever the learner is.
func keysEverywhere(presenting bool) [][2]string {
	keys := [][2]string{{"m", "menu"}}
	if presenting {
		keys = nil
	}
	return append(append(keys, [2]string{"q", "quits"}), terminal.KeysEverywhere()...)
}
