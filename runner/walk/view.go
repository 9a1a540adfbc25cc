package walk

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/page"
	"gosyncio/runner/plan"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// layout is a page set for a window, in as many parts as it needs. It is
// kept, for setting takes a while.
type layout struct {
	page, width, height int
	languages           plan.Languages // that it names
	parts               [][]string
}

// resize sets the page anew, and shows the part that stands where the one
// shown before stood.
func (w *Walk) resize(width, height int) {
	before := len(w.laidOut.parts)
	w.width, w.height = width, height
	if before > 0 {
		w.part = w.part * len(w.parts()) / before
	}
}

// parts are the page, set for the window.
func (w *Walk) parts() [][]string {
	l := w.laidOut
	if l.parts == nil || l.page != w.page || l.width != w.width || l.height != w.height || l.languages != w.languages() {
		lines, err := w.pageLines(page.Width(w.width))
		if err != nil {
			lines = []string{err.Error()}
		}
		w.laidOut = layout{w.page, w.width, w.height, w.languages(), page.Screens(lines, page.Room(w.height))}
		w.part = min(w.part, len(w.laidOut.parts)-1) // set anew there may be fewer
	}
	return w.laidOut.parts
}

// pageLines are the page, or the recap, set for that width.
func (w *Walk) pageLines(width int) ([]string, error) {
	if w.onRecap() {
		return w.recap(width), nil
	}
	return w.setter.Lines(page.WithoutQuestions(w.pages()[w.page]), w.languages(), width)
}

// title is the page's, or the slide's.
func (w *Walk) title() string {
	switch {
	case w.slide != nil:
		return w.slide.heading
	case w.onRecap():
		return "What you saw"
	}
	return w.pages()[w.page].Title
}

// where is the place in the course, for the right of the head.
func (w *Walk) where() string {
	if w.onRecap() {
		return w.position
	}
	return fmt.Sprintf("%s · page %d of %d", w.position, w.page+1, len(w.pages()))
}

// View draws the window.
func (w *Walk) View() tea.View {
	view := tea.NewView(strings.Join(w.rows(), "\n"))
	view.AltScreen = true
	return view
}

// rows are the rows of the window.
func (w *Walk) rows() []string {
	if w.width == 0 || w.height == 0 {
		return nil
	}
	if w.help != nil {
		return w.help.lines(w.style(), w.width, w.height)
	}
	if w.watch.live != nil {
		return w.watch.live.Lines(w.width, w.height)
	}
	style := w.style()
	var rows []string
	if w.height >= page.BareHeight {
		rows = append(rows, stage.Spread(" "+style.Title(w.lesson.Text.Title), w.where(), w.width), "",
			strings.Repeat(" ", page.SideMargin)+style.Title(w.title()), "")
	}
	parts := w.parts() // which may change w.part
	shown := parts[w.part]
	if w.slide != nil {
		shown = w.slide.lines(style, page.Width(w.width), page.Room(w.height))
	}
	for _, line := range shown {
		rows = append(rows, strings.Repeat(" ", page.SideMargin)+line)
	}
	for len(rows) < w.height-1 {
		rows = append(rows, "")
	}
	if notice := w.tour.journal.Notice(); notice != "" && w.height >= page.BareHeight {
		lines := terminal.Wrap(notice, 1, w.width-1)
		copy(rows[max(len(rows)-len(lines), page.HeadRows):], lines)
	}
	rows = append(rows, " "+style.Faint(w.keys()))
	for i := range rows {
		rows[i] = ansi.Truncate(rows[i], w.width, "…")
	}
	return rows
}

func (w *Walk) style() terminal.Style { return terminal.NewStyle(w.tour.screen.Colours()) }

// keys is the line at the foot of a page.
func (w *Walk) keys() string {
	_, runs := w.runBlock()
	more := w.part+1 < len(w.parts())
	others := "   q quit   b back" + w.forRoom("   m menu", "   digits go to a page") + "   ? keys"
	switch {
	case w.looking:
		return "looking for Python" + others
	case w.slide != nil:
		return w.slide.keys()
	case w.typed > 0:
		return fmt.Sprintf("enter goes to page %d", w.typed)
	case more:
		return "enter more" + others + "   n next"
	case runs:
		return "enter run" + others + "   n next"
	case w.hasQuiz():
		return "enter quiz" + others + "   n next"
	case w.onRecap():
		return "enter done" + others
	}
	return "enter next" + others
}
