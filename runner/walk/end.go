package walk

import (
	"context"
	"fmt"
	"time"

	"gosyncio/runner/course"
	"gosyncio/runner/page"
	"gosyncio/runner/progress"
	"gosyncio/runner/terminal"
)

// showEnd shows what stands at the end of the course: what the learner can
// do now, what is due for review, and what comes next.
func (t *Tour) showEnd(ctx context.Context, courses []progress.Course) error {
	columns, _ := t.screen.Size()
	style := terminal.NewStyle(t.screen.Colours())
	lines, err := t.endLines(t.journal.Load(), courses, page.Width(columns), time.Now())
	if err != nil {
		return err
	}
	_, err = t.show(ctx, []string{style.Title("The end of the course"), ""}, lines, "The end", []string{"to the menu"})
	return err
}

// endLines are what is shown at the end, set for width columns.
func (t *Tour) endLines(state *progress.State, courses []progress.Course, width int, now time.Time) ([]string, error) {
	style := terminal.NewStyle(t.screen.Colours())
	can, open := []string{}, []string{}
	var setter *page.Setter
	for _, c := range courses {
		lesson, err := course.Load(c.Lesson)
		if err != nil {
			return nil, err
		}
		setter = page.New(lesson, t.screen.Colours())
		place := state.Place(c)
		if place.Read || place.Done {
			can = append(can, setter.Prose(fmt.Sprintf("- %s: %s", lesson.Text.Title, lesson.Text.Remember), width)...)
		}
		if !place.Done {
			text := fmt.Sprintf("- %s: %s", lesson.Text.Title, place.Where())
			if left := place.ToDo(); place.Begun && left != "" {
				text += ", " + left + " to go"
			}
			open = append(open, setter.Prose(text, width)...)
		}
	}
	lines := append([]string{style.Title("What you can do now"), ""}, can...)
	lines = append(lines, "", style.Title("What is due for review"), "")
	lines = append(lines, terminal.Wrap(dueLine(state, courses, now), 0, width)...)
	lines = append(lines, "", style.Title("What comes next"), "")
	if len(open) > 0 {
		lines = append(append(lines, "These lessons are not done yet:"), open...)
	} else {
		lines = append(lines, "Every lesson is done: each run made, each question answered.")
	}
	return append(append(lines, ""), setter.Prose(`With your own settings the same programs show more:

- `+"`gosyncio run tasks --set a=5s --procs 1`"+`: other times, one CPU
- `+"`gosyncio list`"+`: every lesson with its variants and settings
- `+"`gosyncio review`"+`: asks again what you missed, and what is due
- `+"`gosyncio present tasks`"+`: the lesson before a room`, width)...), nil
}

// dueLine says how many questions are due now, or when the next will be.
func dueLine(state *progress.State, courses []progress.Course, now time.Time) string {
	switch n := len(state.Report(courses, now).Due); {
	case n == 1:
		return "1 question is due now."
	case n > 1:
		return fmt.Sprintf("%d questions are due now.", n)
	}
	var first time.Time
	n := 0
	for _, c := range courses {
		for _, key := range c.Quiz {
			card, answered := state.Cards[c.Lesson][key]
			if !answered {
				continue
			}
			n++
			if first.IsZero() || card.Due.Before(first) {
				first = card.Due
			}
		}
	}
	if n == 0 {
		return "Nothing is due: you have not answered a quiz yet."
	}
	questions := "questions"
	if n == 1 {
		questions = "question"
	}
	return fmt.Sprintf("Nothing is due now. The first of %d %s comes back on %s.", n, questions, first.Local().Format("Monday, 2 January"))
}
