package walk

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/prompt"
)

// press presses keys, as Bubble Tea names them, one after the other; each
// has been answered when the next is pressed.
func (d *headless) press(keys ...string) {
	d.t.Helper()
	for _, name := range keys {
		d.send(keyPress(name))
	}
}

// send hands the program a message and waits until it has been answered.
func (d *headless) send(msg tea.Msg) {
	d.t.Helper()
	in := input{msg, make(chan struct{})}
	select {
	case d.input <- in:
		<-in.done
	case <-time.After(patience):
		d.t.Fatalf("nobody takes %v:\n%s", msg, d.text())
	}
}

// resize changes the size of the window. What a question looks like then is
// for package screen to know.
func (d *headless) resize(columns, rows int) {
	d.t.Helper()
	asked := false
	d.set(func() { d.columns, d.rows, asked = columns, rows, d.question != nil })
	if !asked {
		d.send(tea.WindowSizeMsg{Width: columns, Height: rows})
	}
}

// keyPress is the message of a key.
func keyPress(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "space": tea.KeySpace, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(letter)[0], Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// choose answers the question that is being asked with the one choice that
// contains the text.
func (d *headless) choose(text string) {
	d.t.Helper()
	d.answer(d.index(text))
}

// interrupt presses Ctrl-C in the question that is being asked.
func (d *headless) interrupt() {
	d.t.Helper()
	d.reply(answer{err: prompt.ErrInterrupted})
}

func (d *headless) reply(a answer) {
	d.t.Helper()
	a.done = make(chan struct{})
	select {
	case d.answers <- a:
		<-a.done
	case <-time.After(patience):
		d.t.Fatalf("nothing is asked:\n%s", d.text())
	}
}
