package practice

import (
	"slices"
	"strings"

	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// A log is what has been told in lines of text, where what stands above
// cannot change any more: the task, and then what happens.
type log struct {
	lines    []string
	outcome  []string // that was told last
	hints    int      // how many were told
	solution bool     // was told
	said     string   // that was told last
}

// tell adds to the log what has happened since.
func (m *Model) tell() {
	const width = 79
	l := &m.log
	add := func(lines []string) {
		if len(lines) > 0 {
			l.lines = append(append(l.lines, ""), lines...)
		}
	}
	if m.said != l.said {
		l.said = m.said
		if m.said != "" {
			add(terminal.Wrap(terminal.Printable(m.said), 0, width))
		}
	}
	for ; l.hints < m.hints; l.hints++ {
		add(m.hintLines(l.hints, width))
	}
	if m.solution && !l.solution {
		add(m.solutionLines(width))
	}
	l.solution = m.solution
	if outcome := m.outcome(m.style(), width); !m.checking && !slices.Equal(outcome, l.outcome) {
		l.outcome = outcome
		if len(outcome) > 0 {
			add(outcome[:len(outcome)-1])
		}
	}
}

// Text is what there is to read, for a screen of lines.
func (m *Model) Text() screen.Text {
	if m.quitting {
		return screen.Text{Over: true}
	}
	head := []string{m.exercise.Text.Title + ", " + m.where(), m.workspace.Path(m.exercise), ""}
	switch {
	case m.help:
		return screen.Text{Lines: append(head, m.lines()...), Keys: "enter goes on"}
	case m.show.Live != nil:
		return m.showText(head)
	}
	text := screen.Text{Busy: m.checking || m.text == nil && m.err == nil, Now: "qmeh"}
	text.Lines = slices.Concat(head, m.taskLines(79), m.log.lines)
	text.Keys = "e edit, h hint, s solution, t timeline, r begin anew, c check, n next, b back, m leave, q quit"
	if !m.shows {
		text.Keys = strings.Replace(text.Keys, "t timeline, ", "", 1)
	}
	if m.confirm != "" {
		text.Keys = m.asks()
	}
	return text
}
