package walk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/course"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// The name of the program and what it promises, as the first screen and the
// menu say it.
const (
	programName = "gosyncio"
	promise     = "Go concurrency for people who know Python's asyncio."
)

// leaving is how a walk was left.
type leaving int

const (
	leftProgram leaving = iota // the learner quits
	leftToMenu                 // back to the menu
	leftAtEnd                  // the lesson was walked to its end
)

// Menu asks for a lesson and walks through it, until the learner leaves. It
// stands on the lesson to do next. Who comes for the first time is shown a
// run before.
func (t *Tour) Menu(ctx context.Context) error {
	all, err := course.Entries()
	if err != nil {
		return err
	}
	courses, err := course.Courses()
	if err != nil {
		return err
	}
	said, err := t.welcome(ctx)
	switch {
	case errors.Is(err, prompt.ErrQuit):
		return nil
	case err != nil && !errors.Is(err, prompt.ErrBack): // which leads to the menu
		return err
	}
	for last := -1; ; said = "" {
		state := t.journal.Load()
		m := menuView{
			entries: all, report: state.Report(courses, time.Now()),
			next: nextLesson(state, courses, last), said: said, notice: t.journal.Notice(),
		}
		chosen, err := t.screen.Choose(ctx, m.question(t))
		switch {
		case errors.Is(err, prompt.ErrQuit), errors.Is(err, prompt.ErrBack):
			return nil
		case err != nil:
			return err
		}
		switch chosen - len(all) {
		case menuGoOn:
			chosen = m.next
		case menuPractice:
			err = t.practise(ctx, "")
		case menuReview:
			err = t.reviewFromMenu(ctx, courses)
		case menuProgress:
			err = t.showProgress(ctx, m.report)
		case menuQuit:
			return nil
		}
		if err == nil && m.next == len(all) && chosen == m.next {
			err = t.showEnd(ctx, courses)
		}
		switch {
		case errors.Is(err, prompt.ErrQuit):
			return nil
		case err != nil && !errors.Is(err, prompt.ErrBack):
			return err
		}
		if chosen >= len(all) {
			continue
		}
		left, err := t.walk(ctx, all, chosen)
		if err != nil || left == leftProgram {
			return err
		}
		last = chosen
		if left == leftToMenu {
			continue
		}
		last++
		after := t.journal.Load().Report(courses, time.Now())
		if chosen == len(all)-1 || allDone(after.Lessons) && !allDone(m.report.Lessons) {
			switch err := t.showEnd(ctx, courses); {
			case errors.Is(err, prompt.ErrQuit):
				return nil
			case err != nil && !errors.Is(err, prompt.ErrBack):
				return err
			}
		}
	}
}

// The choices of the menu that stand below its lessons.
const (
	menuGoOn = iota
	menuPractice
	menuReview
	menuProgress
	menuQuit
)

// nextLesson is the lesson to do next: from that of index at on, or if it is
// negative from the one that the learner was in last, the first whose end
// has not been reached; then, from the beginning, the first that is not
// done. If all are done it is len(courses).
func nextLesson(state *progress.State, courses []progress.Course, at int) int {
	if at < 0 {
		at = 0
		var latest time.Time
		for i, c := range courses {
			if l := state.Lessons[c.Lesson]; len(l.Read) > 0 && l.At.After(latest) {
				at, latest = i, l.At
			}
		}
	}
	for i := at; i < len(courses); i++ {
		if p := state.Place(courses[i]); !p.Read && !p.Done {
			return i
		}
	}
	for i, c := range courses {
		if !state.Place(c).Done {
			return i
		}
	}
	return len(courses)
}

func allDone(places []progress.Place) bool {
	for _, p := range places {
		if !p.Done {
			return false
		}
	}
	return true
}

// A menuView is what the menu shows.
type menuView struct {
	entries []course.Entry
	report  progress.Report
	next    int    // the lesson to do next; len(entries) is none
	said    string // what came of what was done just now
	notice  string
}

// question asks what to do. The lessons come first, in their order.
func (m menuView) question(t *Tour) screen.Question {
	columns, rows := t.screen.Size()
	q := screen.Question{Text: "Which lesson?", Current: m.next}
	done := 0
	for i := range m.entries {
		q.Choices = append(q.Choices, prompt.Choice{Label: m.row(i, columns), Match: m.match(i), Spoken: spoken(m.entries[i], m.report.Lessons[i])})
		if m.report.Lessons[i].Done {
			done++
		}
	}
	q.Choices = append(q.Choices, screen.Labels("Go on: "+m.nextStep(), "Practice: write Go, "+m.made(), "Review"+m.due(), "Progress", "Quit")...)
	if done > 0 {
		q.Text = fmt.Sprintf("Which lesson? %d of %d done", done, len(m.entries))
	}
	if m.notice != "" {
		q.Text = m.notice + ". " + q.Text
	}
	style := terminal.NewStyle(t.screen.Colours())
	room := q.Room(columns, rows)
	above := []string{style.Title(programName) + "  " + promise, ""}
	if m.said != "" {
		above = append(append(above, terminal.Wrap(m.said, 0, columns-1)...), "")
	}
	if about := m.about(columns); len(above)+len(about) <= room {
		above = append(above, about...)
	}
	if m.said != "" && len(above) > room { // it must be read all the same
		above, q.Text = nil, m.said+" "+q.Text
	}
	q.Above = above
	return q
}

// spoken is a lesson of the menu in words.
func spoken(e course.Entry, p progress.Place) string {
	text := fmt.Sprintf("%s: %s, in Go %s", e.Header.Title, e.Header.Asyncio, e.Header.Go)
	if p.Begun {
		return text + " (" + p.Where() + ")"
	}
	return text
}

// row is a lesson in a line of the menu: what there is room for.
func (m menuView) row(i, columns int) string {
	const wide = 100
	e, place := m.entries[i], m.report.Lessons[i]
	title, where := 0, 0
	for i, e := range m.entries {
		title, where = max(title, ansi.StringWidth(e.Header.Title)), max(where, len(m.report.Lessons[i].Where()))
	}
	last := e.Header.Asyncio
	if columns >= wide {
		last = e.Header.Summary
	}
	row := fmt.Sprintf("%-2d %-*s", i+1, title, e.Header.Title)
	room := columns - len("> ") - 1 // no line reaches the last column
	for _, more := range []string{fmt.Sprintf("%-*s", where, place.Where()), fmt.Sprintf("%2d min", e.Header.Minutes), last} {
		if left := room - len("  ") - ansi.StringWidth(row); more == last && left >= leastLast {
			more = firstLine(more, left)
		}
		longer := row + "  " + more
		if ansi.StringWidth(longer) > room {
			break
		}
		row = longer
	}
	return strings.TrimRight(row, " ")
}

// leastLast is how many columns of a row's last field say something.
const leastLast = 12

// firstLine is a text in at most width columns, cut at a word.
func firstLine(text string, width int) string {
	if ansi.StringWidth(text) <= width {
		return text
	}
	return terminal.Wrap(text, 0, width-len(" …"))[0] + " …"
}

// match is what typing finds a lesson by besides its row.
func (m menuView) match(i int) string {
	e := m.entries[i]
	return strings.Join([]string{e.ID, e.Header.Asyncio, e.Header.Go, course.Group(e.ID)}, " ")
}

// nextStep says what the learner would do next. It names no title: typing one
// is to leave the lesson alone in the list.
func (m menuView) nextStep() string {
	if m.next == len(m.entries) {
		return "what you can do now, and what comes next"
	}
	place := m.report.Lessons[m.next]
	switch {
	case place.Read:
		return fmt.Sprintf("lesson %d, %s to go", m.next+1, place.ToDo())
	case place.Begun:
		return fmt.Sprintf("lesson %d, %s", m.next+1, place.Where())
	}
	return fmt.Sprintf("begin lesson %d", m.next+1)
}

// made says how many exercises have been solved.
func (m menuView) made() string {
	return fmt.Sprintf("%d of %d exercises solved", m.report.Exercises.Solved, m.report.Exercises.All)
}

func (m menuView) due() string {
	if n := len(m.report.Due); n > 0 {
		return fmt.Sprintf(" (%d due)", n)
	}
	return " (nothing is due)"
}

// about is what a window that has room says above the lessons: how far the
// learner is in each group, and how a lesson goes.
func (m menuView) about(columns int) []string {
	var groups []string
	done, total, minutes := map[string]int{}, map[string]int{}, 0
	for i, e := range m.entries {
		group := course.Group(e.ID)
		if total[group] == 0 {
			groups = append(groups, group)
		}
		total[group]++
		if m.report.Lessons[i].Done {
			done[group]++
		} else {
			minutes += e.Header.Minutes
		}
	}
	var lines []string
	for _, group := range groups {
		lines = append(lines, fmt.Sprintf("%s: %d of %d lessons done", group, done[group], total[group]))
	}
	if len(groups) > 1 {
		lines = append(lines, "type a group's name to see its lessons alone")
	}
	lines = append(lines, fmt.Sprintf("about %d minutes are left, predictions: %v, quiz answers: %v", minutes, m.report.Predictions, m.report.Answers), "")
	how := "Each lesson: read a page, predict, run it in Go and in Python, answer a few questions. It is done when every run was made and every question answered."
	return append(append(lines, terminal.Wrap(how, 0, columns-1)...), "")
}

// showProgress shows what the command progress says.
func (t *Tour) showProgress(ctx context.Context, report progress.Report) error {
	style := terminal.NewStyle(t.screen.Colours())
	lines := strings.Split(strings.TrimSuffix(report.Text(), "\n"), "\n")
	_, err := t.show(ctx, []string{style.Title("Your progress"), ""}, lines, "Progress", []string{"to the menu"})
	return err
}

// reviewFromMenu asks what is due, or says when something will be.
func (t *Tour) reviewFromMenu(ctx context.Context, courses []progress.Course) error {
	due, err := t.Due(time.Now())
	if err != nil {
		return err
	}
	if len(due) > 0 {
		_, _, err = t.Review(ctx, due)
		return err
	}
	style := terminal.NewStyle(t.screen.Colours())
	columns, _ := t.screen.Size()
	lines := terminal.Wrap(dueLine(t.journal.State(), courses, time.Now()), 0, columns-1)
	_, err = t.show(ctx, []string{style.Title("Review"), ""}, lines, "Review", []string{"to the menu"})
	return err
}
