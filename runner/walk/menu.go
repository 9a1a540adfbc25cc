package walk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/course"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
)

// leaving is how a walk was left.
type leaving int

const (
	leftProgram leaving = iota // the learner quits
	leftToMenu                 // back to the menu
	leftAtEnd                  // the lesson was walked to its end
)

// Menu asks for a lesson and walks through it, until the learner leaves.
// The lesson after the one just walked is offered first.
func (t *Tour) Menu(ctx context.Context) error {
	all, err := course.Entries()
	if err != nil {
		return err
	}
	quit := len(all)
	for next := 0; ; {
		chosen, err := t.screen.Choose(ctx, t.menu(all, next))
		switch {
		case errors.Is(err, prompt.ErrQuit), errors.Is(err, prompt.ErrBack):
			return nil
		case err != nil:
			return err
		}
		if chosen == quit {
			return nil
		}
		left, err := t.walk(ctx, all, chosen)
		if err != nil || left == leftProgram {
			return err
		}
		next = chosen
		if left == leftAtEnd {
			next = chosen + 1
		}
	}
}

// menu asks which lesson; len(all) is none, the learner quits.
func (t *Tour) menu(all []course.Entry, current int) screen.Question {
	state := t.journal.Load()
	done := 0
	var title, asyncio int // the widths of the columns
	for _, e := range all {
		title, asyncio = max(title, ansi.StringWidth(e.Header.Title)), max(asyncio, ansi.StringWidth(e.Header.Asyncio))
	}
	var choices []prompt.Choice
	for i, e := range all {
		place := state.Place(e.Pages())
		if place.Done {
			done++
		}
		choices = append(choices, prompt.Choice{
			Label:  fmt.Sprintf("%-2d %s %-*s  %-*s  %s", i+1, mark(place), title, e.Header.Title, asyncio, e.Header.Asyncio, e.Header.Go),
			Match:  e.ID,
			Spoken: spoken(e, place),
		})
	}
	choices = append(choices, prompt.Choice{Label: "Quit"})
	which := "Which lesson? (asyncio's word, then Go's)"
	if done > 0 {
		which = fmt.Sprintf("Which lesson? %d of %d done", done, len(all))
	}
	if notice := t.journal.Notice(); notice != "" {
		which = notice + ". " + which
	}
	return screen.Question{Text: which, Choices: choices, Current: current}
}

// spoken is a lesson of the menu in words.
func spoken(e course.Entry, p progress.Place) string {
	text := fmt.Sprintf("%s: %s, in Go %s", e.Header.Title, e.Header.Asyncio, e.Header.Go)
	switch {
	case p.Done:
		return text + " (done)"
	case p.Begun:
		return text + fmt.Sprintf(" (page %d of %d)", p.Page, p.Pages)
	}
	return text
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
