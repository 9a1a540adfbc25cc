package practice

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/exercise"
	"gosyncio/runner/terminal"
	"gosyncio/runner/typeset"
)

// space is how many lines the window shows between its head and its foot.
func (m *Model) space() int { return max(m.height-len(m.head())-len(m.foot()), 1) }

// View draws the exercise.
func (m *Model) View() tea.View {
	view := tea.View{AltScreen: true}
	if m.quitting {
		return view
	}
	if m.show.Live != nil && !m.help {
		view.SetContent(strings.Join(m.show.Live.Lines(m.width, m.height), "\n"))
		return view
	}
	lines := m.lines()
	space := m.space()
	m.scroll = min(max(m.scroll, 0), max(len(lines)-space, 0))
	shown := lines[m.scroll:min(m.scroll+space, len(lines))]
	all := append(m.head(), shown...)
	foot := m.foot()
	if m.scroll+space < len(lines) {
		foot[0] = m.style().Faint(" ↓ more: space")
	}
	for len(all) < m.height-len(foot) {
		all = append(all, "")
	}
	all = append(all, foot...)
	for i, line := range all {
		all[i] = ansi.Truncate(line, m.width, "…")
	}
	view.SetContent(strings.Join(all[:min(len(all), max(m.height, 0))], "\n"))
	return view
}

func (m *Model) style() terminal.Style { return terminal.NewStyle(m.colours) }

// head says which exercise it is, and where its file is.
func (m *Model) head() []string {
	style := m.style()
	title := " " + style.Title(m.exercise.Text.Title)
	where := m.where()
	if gap := m.width - 1 - ansi.StringWidth(title) - len(where); gap > 0 {
		title += strings.Repeat(" ", gap) + style.Faint(where)
	}
	return []string{title, " " + m.link(terminal.Printable(m.workspace.Path(m.exercise))), ""}
}

// link is a path that a terminal may open when it is clicked.
func (m *Model) link(path string) string {
	text := m.style().Faint(path)
	if !m.colours {
		return text
	}
	file := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	return ansi.SetHyperlink(file.String()) + text + ansi.ResetHyperlink()
}

// where says which exercise of its lesson it is.
func (m *Model) where() string {
	number, count := 0, 0
	for _, e := range m.all {
		if e.Lesson == m.exercise.Lesson {
			count++
			if e.Name == m.exercise.Name {
				number = count
			}
		}
	}
	return fmt.Sprintf("%s, exercise %d of %d", m.exercise.Lesson, number, count)
}

// foot has what was said last, and the keys.
func (m *Model) foot() []string {
	style := m.style()
	said := m.said
	if m.confirm != "" {
		said = m.asks()
	}
	var lines []string
	if said != "" {
		for _, line := range terminal.Wrap(terminal.Printable(said), 1, max(m.width-1, 10)) {
			lines = append(lines, style.Warning(line))
		}
	}
	return append(append([]string{""}, lines...), style.Faint(" "+strings.Join(m.keys(), "   ")))
}

// asks is what is asked, to be answered with y.
func (m *Model) asks() string {
	if m.confirm == "solution" {
		return "show the solution before you have solved it? y shows it, any other key does not"
	}
	return "begin anew? your file is kept under another name. y begins, any other key does not"
}

// keys are those of the foot.
func (m *Model) keys() []string {
	if m.help {
		return []string{"any key closes this"}
	}
	keys := []string{"e edit", "h hint", "s solution", "t timeline", "n next"}
	if m.verdict != nil && m.verdict.Kind == exercise.Solved {
		keys = []string{"n next", "t timeline", "s solution", "e edit"}
	}
	if !m.shows {
		keys = slices.DeleteFunc(keys, func(key string) bool { return key[0] == 't' })
	}
	if m.room.WantHelp != nil {
		keys = append(keys, "w want help")
	}
	if m.room.Back {
		keys = append(keys, "m back")
	}
	return append(keys, "q quit", "? keys")
}

// allKeys are what the keys do.
func (m *Model) allKeys() [][2]string {
	keys := [][2]string{
		{"e, enter", "opens the file in your editor"},
		{"c", "checks the file again; each save does"},
		{"h", "a hint, and then another"},
		{"s", "the solution: asks first, if you have not solved it"},
		{"t", "runs your code for real, on a timeline beside the reference and Python"},
		{"r", "begins anew; your file is kept under another name"},
		{"n, b", "the next exercise, the one before"},
		{"up, down, space, pgup", "scroll"},
		{"m, esc", "back to where you came from"},
		{"q", "quits"},
	}
	if m.room.WantHelp != nil {
		keys = append(keys, [2]string{"w", "tells the instructor that you want help, or takes it back"})
	}
	return append(keys, terminal.KeysEverywhere()...)
}

// lines are what there is to read, set for the window.
func (m *Model) lines() []string {
	const margin = 1
	width := max(min(m.width, 100)-2*margin, 20)
	style := m.style()
	if m.help {
		keys := m.allKeys()
		if m.show.Live != nil {
			keys = showKeys()
		}
		return terminal.Indented(append([]string{style.Title("The keys"), ""}, terminal.Keys(keys, width)...), margin)
	}
	lines := m.outcome(style, width)
	if m.solution {
		lines = append(append(lines, m.solutionLines(width)...), "")
	}
	lines = append(lines, m.taskLines(width)...)
	for i := range m.hints {
		lines = append(append(lines, ""), m.hintLines(i, width)...)
	}
	return terminal.Indented(lines, margin)
}

// taskLines are the task.
func (m *Model) taskLines(width int) []string {
	return typeset.Prose(m.exercise.Text.Task, width, m.colours)
}

// hintLines are hint i, counted from 0, set for a width.
func (m *Model) hintLines(i, width int) []string {
	hints := m.exercise.Text.Hints
	heading := m.style().Title(fmt.Sprintf("Hint %d of %d", i+1, len(hints)))
	return append([]string{heading}, typeset.Prose(hints[i], width, m.colours)...)
}

// solutionLines are the solution with a word on it.
func (m *Model) solutionLines(width int) []string {
	lines := append([]string{m.style().Title("The solution"), ""}, typeset.Prose(m.exercise.Text.Solution, width, m.colours)...)
	return append(append(lines, ""), typeset.Prose("```go\n"+string(m.exercise.Solution())+"```", width, m.colours)...)
}

// outcome is what the last check found, with an empty line behind it.
func (m *Model) outcome(style terminal.Style, width int) []string {
	var lines []string
	switch {
	case m.err != nil:
		lines = terminal.Problem(m.err, style, width)
		if errors.Is(m.err, fs.ErrNotExist) {
			lines = append(terminal.Wrap(style.Bad(terminal.Printable(m.err.Error())), 0, width), "r gives you the file as it was at the beginning")
		}
	case m.verdict != nil && m.checking:
		lines = append([]string{style.Faint("checking what you saved; before it was:")}, Lines(*m.verdict, style, width)...)
	case m.verdict != nil:
		lines = Lines(*m.verdict, style, width)
		if m.verdict.Kind == exercise.Solved && m.shows {
			lines = append(lines, style.Faint("  t shows it on the timeline, beside the reference"))
		}
	case m.checking:
		lines = terminal.Wrap(style.Faint("checking (the first check builds more, and takes longer)"), 0, width)
	default:
		return nil
	}
	return append(lines, "")
}
