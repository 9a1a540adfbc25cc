package walk

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/page"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/predict"
	"gosyncio/runner/progress"
	"gosyncio/runner/show"
	"gosyncio/runner/terminal"
)

// A Walk is the model of a walk through one lesson: a page at a time, and
// after a page that runs something, the stage on which it runs.
type Walk struct {
	tour     *Tour
	lesson   course.Lesson
	setter   *page.Setter
	position string // "lesson 3 of 10"

	page    int // that of the recap is one more than the last
	part    int // of the page, if the window needs several
	laidOut layout
	open    bool   // code that a page would fold is shown
	python  bool   // where there is room for one language, it is Python
	said    string // what stands above the keys until the next one
	lost    bool   // it is of a vote that did not reach the class

	watch      *watch              // the stage, and what is played on it
	prediction *predict.Prediction // the page's question about it, with the answer; nil if nothing is asked
	cannotAsk  bool                // it could not be asked when the page's runs began
	recorded   bool                // the runs on the stage have been noted
	scored     bool                // and what came of the prediction, if anything can
	looking    bool                // for Python: it decides what happens next
	practised  bool                // the learner has come back to the page from its exercises

	typed int  // the number of a page, so far
	over  card // what stands on the screen until the next key; nil is nothing

	// Before a room nothing is asked, and questions stand on slides.
	presenting bool
	slide      *slide    // if there is one on the screen
	teaching   *teaching // nil without a class
	heard      []string  // of the class, on this page: for who has joined it, in lines of text

	entry bool // of the dictionary: a page by itself, with nothing before or behind it

	// quitting says that the program is about to quit: a key that was pressed
	// before it does is for nobody. ask is what to ask then, if it has quit for
	// that, and then what the program does when it goes on.
	quitting bool
	ask      func(context.Context) error
	then     tea.Cmd

	width, height int
	left          leaving
	err           error
}

// Init goes on where the program was left.
func (w *Walk) Init() tea.Cmd {
	then := w.then
	w.then, w.quitting = nil, false
	w.noteRead()
	switch {
	case w.teaching != nil:
		return tea.Batch(then, w.awaitClass())
	case w.tour.member != nil:
		return tea.Batch(then, w.awaitMember())
	}
	return then
}

// goOn turns to the page that the learner has come to before or, where the
// end has been reached, to the first on which something is left to do.
func (w *Walk) goOn() {
	state := w.tour.journal.State()
	begun := state.Lessons[w.lesson.ID]
	if !begun.Finished.IsZero() {
		for i := range w.pages() {
			if state.Place(w.lesson.ToDoOn(i)).ToDo() != "" {
				w.page = i
				return
			}
		}
		return
	}
	if begun.Page <= len(w.pages()) {
		w.page = max(begun.Page-1, 0)
	}
}

// noteRead notes that the page is being read. Whoever reads the recap has
// come to the end.
func (w *Walk) noteRead() {
	number, now := w.page+1, time.Now()
	if number > len(w.pages()) {
		w.tour.journal.Note(func(s *progress.State) { s.Finish(w.lesson.ID, now) })
		return
	}
	w.tour.journal.Note(func(s *progress.State) { s.ReadPage(w.lesson.ID, number, now) })
}

// interrupt quits the program to ask something; it then goes on.
func (w *Walk) interrupt(ask func(context.Context) error) tea.Cmd {
	w.ask, w.quitting = ask, true
	return tea.Quit
}

// Update answers a message. It never waits.
func (w *Walk) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := w.update(msg)
	if w.teaching != nil {
		w.tellClass()
	}
	return w, cmd
}

func (w *Walk) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		w.resize(terminal.SizeOr(msg.Width, msg.Height))
		return nil
	case pythonMsg:
		return w.foundPython()
	case classMsg:
		return w.awaitClass()
	case memberMsg:
		w.hear(w.tour.memberNews())
		return w.awaitMember()
	case tea.ResumeMsg:
		return w.resumed()
	case copiedMsg:
		return w.copied(msg)
	case editedMsg:
		w.edited(msg)
		return nil
	case tea.KeyPressMsg:
		return w.key(msg)
	}
	if _, ok := msg.(show.StartedMsg); ok || w.watch.Live != nil {
		return w.updateStage(msg)
	}
	return nil
}

// key answers a key.
func (w *Walk) key(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	w.said, w.lost = "", false
	if w.quitting {
		return nil
	}
	if w.over != nil {
		w.over = nil
		return nil
	}
	if w.watch.Exporter.Asks() != "" {
		cmd, _ := w.watch.Update(msg)
		return cmd
	}
	if cmd, ok := w.leaveKey(key); ok {
		return cmd
	}
	if w.teaching != nil && w.classKey(key) {
		return nil
	}
	if cmd, ok := w.memberKey(key); ok {
		return cmd
	}
	switch {
	case w.watch.Live != nil:
		return w.updateStage(msg)
	case w.slide != nil:
		return w.slideKey(key)
	case w.typePage(key):
		return nil
	}
	if cmd, ok := w.codeKey(key); ok {
		return cmd
	}
	if cmd, ok := w.leaveEntry(key); ok {
		return cmd
	}
	return w.pageKey(key)
}

// leaveKey answers the keys that hold all over a lesson.
func (w *Walk) leaveKey(key string) (tea.Cmd, bool) {
	switch key {
	case "?":
		w.over = w.keysHere()
		return nil, true
	case "q":
		return w.leave(leftProgram), true
	case "m":
		if w.presenting && (w.teaching == nil || !w.teaching.others) || w.entry {
			return nil, true // there is no menu
		}
		return w.leave(leftToMenu), true
	}
	return nil, false
}

func (w *Walk) leave(how leaving) tea.Cmd {
	w.left, w.quitting = how, true
	return tea.Quit
}

// fail leaves the program for an error.
func (w *Walk) fail(err error) tea.Cmd {
	w.err = err
	return w.leave(leftProgram)
}

// pageKey answers a key on a page.
func (w *Walk) pageKey(key string) tea.Cmd {
	switch key {
	case "enter", "space", "right", "down", "pgdown":
		w.looking = false
		if w.part+1 < len(w.parts()) {
			w.part++
			return nil
		}
		return w.endPage()
	case "n":
		return w.forward()
	case "p":
		if made, ok := w.makeBlock(); ok && !w.presenting {
			return w.make(made)
		}
	case "b", "backspace", "left", "up", "pgup":
		w.looking = false
		if w.part > 0 {
			w.part--
			return nil
		}
		if w.page > 0 {
			w.turnTo(w.page - 1)
			w.part = len(w.parts()) - 1
		}
	case "d":
		if !w.presenting {
			return w.interrupt(w.lookUp)
		}
	}
	return nil
}

// endPage does what stands at the end of the page.
func (w *Walk) endPage() tea.Cmd {
	if run, ok := w.runBlock(); ok {
		return w.begin(run)
	}
	switch {
	case w.hasQuiz() && w.presenting:
		w.slide = w.quizSlide(0)
		return nil
	case w.hasQuiz():
		return w.interrupt(w.askQuiz)
	}
	if made, ok := w.makeBlock(); ok && !w.presenting && !w.practised {
		return w.make(made)
	}
	return w.forward()
}

// forward goes to the next page, or out of the lesson at its end. A class that
// is held on one lesson stays there, and goes on until q ends it.
func (w *Walk) forward() tea.Cmd {
	if w.onRecap() || w.entry {
		if w.teaching != nil && !w.teaching.others {
			return nil
		}
		return w.leave(leftAtEnd)
	}
	w.turnTo(w.page + 1)
	return nil
}

func (w *Walk) turnTo(page int) {
	w.page, w.part, w.looking, w.practised = page, 0, false, false
	w.heard = nil
	w.noteRead()
}

func (w *Walk) pages() []content.Page { return w.lesson.Text.Pages }

// onRecap reports whether the recap is on the screen: what stands behind
// the last page.
func (w *Walk) onRecap() bool { return w.page == len(w.pages()) }

// hasQuiz reports whether the page ends with the quiz.
func (w *Walk) hasQuiz() bool {
	_, ok := w.lesson.Text.Quiz()
	return ok && w.page == len(w.pages())-1
}

// runBlock is what the page runs, if it runs something.
func (w *Walk) runBlock() (content.Run, bool) {
	if w.onRecap() {
		return content.Run{}, false
	}
	blocks := w.pages()[w.page].Blocks
	run, ok := blocks[len(blocks)-1].(content.Run)
	return run, ok
}

// makeBlock is what the page offers to make, if it offers anything.
func (w *Walk) makeBlock() (content.Make, bool) {
	if w.onRecap() {
		return content.Make{}, false
	}
	return w.pages()[w.page].Make()
}

// make goes to the exercises of the page.
func (w *Walk) make(made content.Make) tea.Cmd {
	w.practised = true
	return w.interrupt(func(ctx context.Context) error { return w.practise(ctx, made) })
}

// practise goes to the exercises of the page, and comes back to it.
func (w *Walk) practise(ctx context.Context, made content.Make) error {
	name := made.Exercises[0]
	for _, each := range made.Exercises {
		if w.tour.journal.State().Exercises[each].Solved.IsZero() {
			name = each
			break
		}
	}
	return w.tour.practise(ctx, name)
}

// languages are those in which pages run that do not say it.
func (w *Walk) languages() plan.Languages { return w.tour.languages }

// forRoom is a part of the line of keys: alone, or for a room.
func (w *Walk) forRoom(alone, room string) string {
	if w.presenting {
		return room
	}
	return alone
}

// wantsPython reports whether a run in Python decides on the prediction.
func (w *Walk) wantsPython() bool {
	return w.prediction != nil && w.prediction.Kind().Language == player.Python
}
