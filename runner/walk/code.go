package walk

import (
	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/player"
)

// codeKey answers a key that is about the code on a page, and reports whether
// it was one.
func (w *Walk) codeKey(key string) (tea.Cmd, bool) {
	switch l := w.layout(); {
	case key == "tab" && l.inTurn:
		w.python = !w.python
	case key == "f" && l.folds:
		w.foldCode()
	case key == "e" && !w.onRecap():
		return w.edit(), true
	default:
		return nil, false
	}
	return nil, true
}

// foldCode opens the code on the page, or folds it, and stays about where the
// page was.
func (w *Walk) foldCode() {
	before, part := len(w.parts()), w.part
	w.open = !w.open
	w.part = part * len(w.parts()) / before
}

// codeKeys are the keys that codeKey answers, for the line of keys.
func (w *Walk) codeKeys() (keys []string) {
	l := w.layout()
	if l.inTurn {
		_, other := w.codeLanguages()
		keys = append(keys, "tab "+other.String())
	}
	switch {
	case l.folds && w.open:
		keys = append(keys, "f fold")
	case l.folds:
		keys = append(keys, "f open")
	}
	if l.code {
		keys = append(keys, "e edit")
	}
	return keys
}

// codeLanguages are the language that stands on a page with room for one, and
// the other.
func (w *Walk) codeLanguages() (shown, other player.Language) {
	if w.python {
		return player.Python, player.Go
	}
	return player.Go, player.Python
}
