package walk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/course"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

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
	q.Choices = append(q.Choices, screen.Labels("Go on: "+m.nextStep(), "Practice: write Go, "+m.made(), "Be the scheduler: break a program by the order of its goroutines", "Review"+m.due(), "Progress", "Quit")...)
	if done > 0 {
		q.Text = fmt.Sprintf("Which lesson? %d of %d done", done, len(m.entries))
	}
	switch {
	case t.inClass():
		q.Text = fmt.Sprintf("In the class as %s. %s", t.member.State().Nick, q.Text)
	case t.member != nil:
		q.Text = "The class has ended. " + q.Text
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
	} else {
		q.Text += " (groups: type article, real programs, breaks)"
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
	const all = ""
	var groups []string
	done, total, minutes := map[string]int{}, map[string]int{}, 0
	for i, e := range m.entries {
		group := course.Group(e.ID)
		if total[group] == 0 {
			groups = append(groups, group)
		}
		for _, of := range []string{group, all} {
			total[of]++
			if m.report.Lessons[i].Done {
				done[of]++
			}
		}
		if !m.report.Lessons[i].Done {
			minutes += e.Header.Minutes
		}
	}
	some := func(of string) string { return fmt.Sprintf("%d of %d lessons done", done[of], total[of]) }
	alone := func(group string) bool { return total[group] == 1 } // which makes no group
	var lines []string
	if len(groups) > 1 && !slices.ContainsFunc(groups, alone) {
		for _, group := range groups {
			lines = append(lines, group+": "+some(group))
		}
		lines = append(lines, "type a group's name to see its lessons alone")
	} else {
		lines = append(lines, some(all))
	}
	lines = append(lines, fmt.Sprintf("about %d minutes are left, predictions: %v, quiz answers: %v", minutes, m.report.Predictions, m.report.Answers), "")
	how := "Each lesson: read a page, predict, run it in Go and in Python, answer a few questions. It is done when every run was made and every question answered."
	return append(append(lines, terminal.Wrap(how, 0, columns-1)...), "")
}
