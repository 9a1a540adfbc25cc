package walk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/page"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// layout is a page set for a window, in as many parts as it needs. It is
// kept, for setting takes a while.
type layout struct {
	page, width, height int
	view                page.View
	parts               [][]string
	inTurn              bool // in the other language it has the same parts
	folds               bool // it has code that can be folded
	code                bool // it has code
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
func (w *Walk) parts() [][]string { return w.layout().parts }

// layout is the page, set for the window.
func (w *Walk) layout() layout {
	l := w.laidOut
	if l.parts == nil || l.page != w.page || l.width != w.width || l.height != w.height || l.view != w.view() {
		w.laidOut = w.layOut()
		w.part = min(w.part, len(w.laidOut.parts)-1) // set anew there may be fewer
	}
	return w.laidOut
}

// layOut sets the page, or the recap, for the window.
func (w *Walk) layOut() layout {
	l := layout{page: w.page, width: w.width, height: w.height, view: w.view()}
	width, room := page.Width(w.width), page.Room(w.height)
	if w.onRecap() {
		l.parts = page.Screens(w.recap(width), room)
		return l
	}
	sheet, err := w.setter.Sheet(page.WithoutQuestions(w.pages()[w.page]), l.view, width)
	if err != nil {
		l.parts = [][]string{{err.Error()}}
		return l
	}
	l.folds, l.code = sheet.Folds, sheet.Code
	if sheet.Other == nil {
		l.parts = page.Screens(sheet.Lines, room)
		return l
	}
	l.parts, _ = page.ScreensInTurn(sheet.Lines, sheet.Other, room)
	l.inTurn = true
	shown, other := w.codeLanguages()
	for i, part := range l.parts {
		if !slices.ContainsFunc(part, func(line string) bool { return !page.Empty(line) }) {
			l.parts[i] = []string{w.style().Faint(fmt.Sprintf("There is nothing more in %s. Tab shows the rest in %s.", shown, other))}
		}
	}
	return l
}

// view is how the learner has pages shown.
func (w *Walk) view() page.View {
	v := page.View{Languages: w.languages(), Python: w.python}
	if w.open {
		v.Folding = page.Open
	}
	return v
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
	if w.onRecap() || w.entry {
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
	if w.over != nil {
		return w.over.lines(w.style(), w.width, w.height)
	}
	if w.watch.Live != nil {
		return w.watch.Live.Lines(w.width, w.height)
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
		if w.teaching != nil {
			shown = withCode(shown, codeLines(w.teaching.Server, style), w.width-2*page.SideMargin, page.Room(w.height))
		}
	}
	for _, line := range shown {
		rows = append(rows, strings.Repeat(" ", page.SideMargin)+line)
	}
	for len(rows) < w.height-1 {
		rows = append(rows, "")
	}
	if notice := cmp.Or(w.said, w.tour.journal.Notice(), w.joinLine(), w.memberLine()); notice != "" && w.height >= page.BareHeight {
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

// keys is the line at the foot of a page: what it has no room for is left
// out, from its end.
func (w *Walk) keys() string {
	_, runs := w.runBlock()
	_, makes := w.makeBlock()
	more := w.part+1 < len(w.parts())
	others := []string{"q quit", "? keys", "b back", w.forRoom("m menu", "digits go to a page")}
	switch {
	case w.looking:
		return w.keyLine("looking for Python", others...)
	case w.slide != nil:
		return w.keyLine("enter next", w.slide.keys()...)
	case w.typed > 0:
		return fmt.Sprintf("enter goes to page %d", w.typed)
	case w.entry:
		return w.entryKeys()
	}
	others = append(w.codeKeys(), others...)
	switch {
	case more:
		return w.keyLine("enter more", append(others, "n next")...)
	case runs:
		return w.keyLine("enter run", append(others, "n next")...)
	case makes && !w.presenting:
		if w.practised {
			return w.keyLine("enter next", append([]string{"p make"}, others...)...)
		}
		return w.keyLine("enter make", append(others, "n next")...)
	case w.hasQuiz():
		return w.keyLine("enter quiz", append(others, "n next")...)
	case w.onRecap() && w.teaching != nil && w.teaching.others:
		return w.keyLine("enter other lessons", others...)
	case w.onRecap() && w.teaching != nil:
		return w.keyLine("q ends the class", "? keys", "b back", "digits go to a page")
	case w.onRecap():
		return w.keyLine("enter done", others...)
	}
	return w.keyLine("enter next", others...)
}

// keyLine is a line of keys, as many as the window has room for.
func (w *Walk) keyLine(first string, others ...string) string {
	line := first
	for _, key := range others {
		if longer := line + "   " + key; ansi.StringWidth(longer) < w.width {
			line = longer
		}
	}
	return line
}
