package runner

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
	"gosyncio/runner/progress"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// walk is the model of a walk through one lesson: a page at a time, and
// after a page that runs something, the stage on which it runs.
type walk struct {
	ctx      context.Context
	app      *app
	reader   *reader
	position string // "lesson 3 of 5"

	page   int         // that of the recap is one more than the last
	screen int         // of the page, if it has more than one
	live   *stage.Live // the stage, while it is on the screen

	request    request     // what the stage plays
	prediction *prediction // what the learner said of it; or nil
	recorded   bool        // the runs on the stage have been noted
	record     *recorder

	// Before a room nothing is asked, and questions stand on slides.
	presenting bool
	slide      *slide // if there is one on the screen
	typed      int    // the number of a page, so far

	// ask is what to ask when the program has quit for it, and then what
	// the program does when it goes on.
	ask  func(context.Context) error
	then tea.Cmd

	width, height int
	laidOut       layout
	left          leaving
	err           error
}

// layout is a page set for a window, in as many screens as it needs. It is
// kept, for setting takes a while.
type layout struct {
	page, width, height int
	with                with // the languages that it names
	screens             [][]string
}

func (w *walk) Init() tea.Cmd {
	then := w.then
	w.then = nil
	w.noteRead()
	return then
}

// noteRead notes that the page is being read. Whoever reads the recap has
// come to the end.
func (w *walk) noteRead() {
	id, page, now := w.reader.lesson.ID, w.page+1, time.Now()
	if page > len(w.pages()) {
		w.record.note(func(s *progress.State) { s.Finish(id, now) })
		return
	}
	w.record.note(func(s *progress.State) { s.ReadPage(id, page, now) })
}

// interrupt quits the program to ask something; it then goes on.
func (w *walk) interrupt(ask func(context.Context) error) tea.Cmd {
	w.ask = ask
	return tea.Quit
}

func (w *walk) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		w.resize(terminal.SizeOr(msg.Width, msg.Height))
		return w, nil
	case tea.KeyPressMsg:
		if cmd, ok := w.leaveKey(msg.String()); ok {
			return w, cmd
		}
	}
	if w.live != nil {
		return w, w.updateStage(msg)
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key := key.String(); {
		case w.slide != nil:
			return w, w.slideKey(key)
		case w.presenting && w.typePage(key):
		default:
			return w, w.pageKey(key)
		}
	}
	return w, nil
}

// leaveKey answers the keys that hold everywhere.
func (w *walk) leaveKey(key string) (tea.Cmd, bool) {
	switch key {
	case "ctrl+c":
		return tea.Interrupt, true
	case "q":
		return w.leave(leftProgram), true
	case "m":
		if w.presenting {
			return nil, true // there is no menu
		}
		return w.leave(leftToMenu), true
	}
	return nil, false
}

func (w *walk) leave(how leaving) tea.Cmd {
	w.left = how
	return tea.Quit
}

// pageKey answers a key on a page.
func (w *walk) pageKey(key string) tea.Cmd {
	switch key {
	case "enter", "space", "right", "down", "pgdown":
		if w.screen+1 < len(w.screens()) {
			w.screen++
			return nil
		}
		if run, ok := w.runBlock(); ok {
			return w.begin(run)
		}
		if w.hasQuiz() && w.presenting {
			w.slide = w.quizSlide(0)
			return nil
		}
		if w.hasQuiz() {
			return w.interrupt(w.quiz)
		}
		return w.forward()
	case "n":
		return w.forward()
	case "b", "backspace", "left", "up", "pgup":
		if w.screen > 0 {
			w.screen--
			return nil
		}
		if w.page > 0 {
			w.turnTo(w.page - 1)
			w.screen = len(w.screens()) - 1
		}
	}
	return nil
}

// updateStage answers a message while the stage is on the screen.
func (w *walk) updateStage(msg tea.Msg) tea.Cmd {
	if cmd, handled := w.live.Update(msg); handled {
		w.noteRuns()
		return cmd
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key := key.String(); {
	case key == "n", w.live.Ended() && (key == "enter" || key == "space"):
		w.close()
		return w.forward()
	case key == "c" && w.live.Ended() && !w.presenting:
		return w.interrupt(w.change)
	case key == "a" && w.presenting:
		if s, ok := w.live.Expected().(*slide); ok {
			s.shown = !s.shown
		}
	case key == "b", key == "backspace":
		w.close()
	}
	return nil
}

// forward goes to the next page, or out of the lesson at its end.
func (w *walk) forward() tea.Cmd {
	if w.page == len(w.pages()) {
		return w.leave(leftAtEnd)
	}
	w.turnTo(w.page + 1)
	return nil
}

func (w *walk) turnTo(page int) {
	w.page, w.screen = page, 0
	w.noteRead()
}

// resize sets the page anew, and shows the part that stands where the one
// shown before stood.
func (w *walk) resize(width, height int) {
	before := len(w.laidOut.screens)
	w.width, w.height = width, height
	if before > 0 {
		w.screen = w.screen * len(w.screens()) / before
	}
}

// more is a part of the line of keys: alone, or for a room.
func (w *walk) more(alone, room string) string {
	if w.presenting {
		return room
	}
	return alone
}

// close stops what is running and leaves the stage.
func (w *walk) close() {
	if w.live != nil {
		w.live.Close()
		w.live = nil
	}
}

func (w *walk) pages() []content.Page { return w.reader.text.Pages }

// hasQuiz is whether the page ends with the quiz.
func (w *walk) hasQuiz() bool {
	_, ok := w.reader.text.Quiz()
	return ok && w.page == len(w.pages())-1
}

// runBlock is what the page runs, if it runs something.
func (w *walk) runBlock() (content.Run, bool) {
	if w.page == len(w.pages()) {
		return content.Run{}, false
	}
	blocks := w.pages()[w.page].Blocks
	run, ok := blocks[len(blocks)-1].(content.Run)
	return inLanguages(run, w.app.with), ok
}

func (w *walk) where() string {
	if w.page == len(w.pages()) {
		return w.position
	}
	return fmt.Sprintf("%s · page %d of %d", w.position, w.page+1, len(w.pages()))
}

// The margins of a page: to the left and right, and the rows above it
// (lesson, blank, title, blank) and below it (keys).
const (
	sideMargin = 2
	headRows   = 4
	footRows   = 1
	// bareHeight is the height below which a page has no head.
	bareHeight = 12
)

// room is how many lines of a page the window has room for.
func (w *walk) room() int {
	if w.height < bareHeight {
		return max(w.height-1, 1)
	}
	return w.height - headRows - footRows
}

// screens are the page, set for the window.
func (w *walk) screens() [][]string {
	if l := w.laidOut; l.screens == nil || l.page != w.page || l.width != w.width || l.height != w.height || l.with != w.app.with {
		lines, err := w.pageLines(max(w.width-2*sideMargin, 1))
		if err != nil {
			lines = []string{err.Error()}
		}
		w.laidOut = layout{w.page, w.width, w.height, w.app.with, split(lines, w.room())}
		w.screen = min(w.screen, len(w.laidOut.screens)-1) // set anew there may be fewer
	}
	return w.laidOut.screens
}

// pageLines are the page, or the recap, set for that width.
func (w *walk) pageLines(width int) ([]string, error) {
	if w.page == len(w.pages()) {
		return w.recap(width)
	}
	return w.reader.lines(asking(w.pages()[w.page], w.app.with), width)
}

// title is the page's, or the slide's.
func (w *walk) title() string {
	if w.slide != nil {
		return w.slide.heading
	}
	if w.page == len(w.pages()) {
		return "What you saw"
	}
	return w.pages()[w.page].Title
}

// split divides lines into screens of at most room lines. It does so at
// empty lines, unless that would leave more than half of a screen empty;
// beside each other, programs have one where both are between functions.
func split(lines []string, room int) [][]string {
	var screens [][]string
	for len(lines) > room {
		end := room
		for end > room/2 && !empty(lines[end]) {
			end--
		}
		if !empty(lines[end]) {
			end = room
		}
		screens = append(screens, lines[:end])
		lines = lines[end:]
		for len(lines) > 0 && empty(lines[0]) {
			lines = lines[1:]
		}
	}
	return append(screens, lines)
}

// empty is whether a line shows nothing, or nothing but the rule between
// two columns.
func empty(line string) bool {
	return strings.Trim(ansi.Strip(line), " │") == ""
}

func (w *walk) View() tea.View {
	view := tea.NewView(strings.Join(w.rows(), "\n"))
	view.AltScreen = true
	return view
}

// rows are the rows of the window.
func (w *walk) rows() []string {
	if w.width == 0 || w.height == 0 {
		return nil
	}
	if w.live != nil {
		return w.live.Lines(w.width, w.height)
	}
	var rows []string
	if w.height >= bareHeight {
		rows = append(rows, stage.Spread(" "+w.reader.palette.Title(w.reader.text.Title), w.where(), w.width), "",
			strings.Repeat(" ", sideMargin)+w.reader.palette.Title(w.title()), "")
	}
	screens := w.screens() // which may change w.screen
	shown := screens[w.screen]
	if w.slide != nil {
		shown = w.slideLines(max(w.width-2*sideMargin, 1), w.room())
	}
	for _, line := range shown {
		rows = append(rows, strings.Repeat(" ", sideMargin)+line)
	}
	for len(rows) < w.height-1 {
		rows = append(rows, "")
	}
	if notice := w.record.Notice(); notice != "" && w.height >= bareHeight {
		lines := wrapped(notice, 1, w.width-1)
		copy(rows[max(len(rows)-len(lines), headRows):], lines)
	}
	rows = append(rows, " "+w.reader.palette.Faint(w.keys()))
	for i := range rows {
		rows[i] = ansi.Truncate(rows[i], w.width, "…")
	}
	return rows
}

// keys is the line at the foot of a page.
func (w *walk) keys() string {
	_, runs := w.runBlock()
	more := w.screen+1 < len(w.screens())
	others := "   q quit   b back" + w.more("   m menu", "   digits go to a page")
	switch {
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
	case w.page == len(w.pages()):
		return "enter done" + others
	}
	return "enter next" + others
}
