package runner

import (
	"context"
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
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
		chosen, err := a.choose(ctx, all, next)
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
func (a *app) choose(ctx context.Context, all []entry, current int) (int, error) {
	var title, asyncio int // the widths of the columns
	for _, e := range all {
		title, asyncio = max(title, ansi.StringWidth(e.Title)), max(asyncio, ansi.StringWidth(e.Asyncio))
	}
	var choices []prompt.Choice
	for i, e := range all {
		choices = append(choices, prompt.Choice{
			Label: fmt.Sprintf("%d  %-*s   %-*s   %s", i+1, title, e.Title, asyncio, e.Asyncio, e.Header.Go),
			Match: e.Lesson.ID + " " + e.Summary,
		})
	}
	choices = append(choices, prompt.Choice{Label: "Quit"})
	columns, rows := a.streams.Size()
	return prompt.Select(ctx, prompt.Options{
		In: a.streams.In, Out: a.streams.Out,
		Rows: rows, Columns: columns, Colour: a.colours(),
	}, "Which lesson? (asyncio's word, then Go's)", choices, current)
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
	w := &walk{
		ctx: ctx, app: a,
		reader:   newReader(all[i].Lesson, text, a.colours()),
		position: fmt.Sprintf("lesson %d of %d", i+1, len(all)),
	}
	defer w.close()
	if err := a.runProgram(ctx, w, true); err != nil {
		return leftProgram, err
	}
	return w.left, w.err
}
