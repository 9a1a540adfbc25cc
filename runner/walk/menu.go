package runner

import (
	"context"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
)

// menu asks for a lesson and walks through it, until the learner leaves.
// The lesson after the one just walked is offered first.
func (a *app) menu(ctx context.Context) error {
	all, err := entries()
	if err != nil {
		return err
	}
	quit := len(all)
	for next := 0; ; {
		chosen, err := a.choose(ctx, all, a.places(all), next)
		if err != nil {
			return err
		}
		if chosen == quit {
			return nil
		}
		left, err := a.walk(ctx, all, chosen)
		if err != nil || left == leftProgram {
			return err
		}
		next = chosen
		if left == leftAtEnd {
			next = chosen + 1
		}
	}
}

// choose asks which lesson; len(all) is none, the learner quits.
func (a *app) choose(ctx context.Context, all []entry, places []progress.Place, current int) (int, error) {
	done := 0
	for _, p := range places {
		if p.Done {
			done++
		}
	}
	var title, asyncio int // the widths of the columns
	for _, e := range all {
		title, asyncio = max(title, ansi.StringWidth(e.Title)), max(asyncio, ansi.StringWidth(e.Asyncio))
	}
	var choices []prompt.Choice
	for i, e := range all {
		choices = append(choices, prompt.Choice{
			Label: fmt.Sprintf("%-2d %s %-*s  %-*s  %s", i+1, mark(places[i]), title, e.Title, asyncio, e.Asyncio, e.Header.Go),
			Match: e.Lesson.ID,
		})
	}
	choices = append(choices, prompt.Choice{Label: "Quit"})
	which := "Which lesson? (asyncio's word, then Go's)"
	if done > 0 {
		which = fmt.Sprintf("Which lesson? %d of %d done", done, len(all))
	}
	if notice := a.record.Notice(); notice != "" {
		which = notice + ". " + which
	}
	return a.askOne(ctx, question{text: which, choices: choices, current: current})
}

// places say how far the learner has come in all lessons.
func (a *app) places(all []entry) []progress.Place {
	state := a.record.state()
	places := make([]progress.Place, len(all))
	for i, e := range all {
		places[i] = state.Place(progress.Course{Lesson: e.Lesson.ID, Pages: e.Pages})
	}
	return places
}

// mark is a bar of four cells, or says that the lesson is done.
func mark(p progress.Place) string {
	const cells = 4
	switch {
	case p.Done:
		return "done"
	case !p.Begun:
		return strings.Repeat(" ", cells)
	}
	full := p.Page * cells / max(p.Pages, 1)
	return strings.Repeat("█", full) + strings.Repeat("░", cells-full)
}

// leaving is how a walk was left.
type leaving int

const (
	leftProgram leaving = iota // the learner quits
	leftToMenu                 // back to the menu
	leftAtEnd                  // the lesson was walked to its end
)

// walk shows lesson i of all on the whole screen.
func (a *app) walk(ctx context.Context, all []entry, i int) (leaving, error) {
	text, err := content.Load(all[i].Lesson.ID)
	if err != nil {
		return leftProgram, err
	}
	record := a.record
	defer record.wait()
	w := &walk{
		ctx: ctx, app: a, record: record,
		reader:   newReader(all[i].Lesson, text, a.colours()),
		position: fmt.Sprintf("lesson %d of %d", i+1, len(all)),
	}
	defer w.close()
	if begun := record.state().Lessons[text.ID]; begun.Finished.IsZero() && begun.Page <= len(text.Pages) {
		w.page = max(begun.Page-1, 0)
	}
	for {
		if err := a.runProgram(ctx, w, true); err != nil {
			return leftProgram, err
		}
		if w.ask == nil {
			return w.left, w.err
		}
		ask := w.ask
		w.ask = nil
		if err := ask(ctx); err != nil {
			return leftProgram, err
		}
	}
}
