package walk

import (
	"context"
	"errors"
	"strings"
	"time"

	"gosyncio/runner/course"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/terminal"
	"gosyncio/runner/turns"
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
		case menuSchedule:
			err = turns.Choose(ctx, t.screen, t.Scheduler)
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
	menuSchedule
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
