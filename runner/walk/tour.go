// Package walk takes the learner through the lessons: the menu, the pages of
// a lesson with its predictions, runs and quiz, the recap, the review of
// what was missed, and the same lesson before a room. It asks and shows:
// running is package player's business, judging a prediction package predict's.
//
// A Walk is the model of one lesson. Where an answer is wanted it quits its
// Bubble Tea program, asks, and goes on with another one: see Tour.walk.
package walk

import (
	"context"
	"errors"
	"fmt"

	"gosyncio/runner/class"
	"gosyncio/runner/course"
	"gosyncio/runner/page"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/practice"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/schedule"
	"gosyncio/runner/screen"
)

// A Tour is what the learner does from the start of the program to its end.
type Tour struct {
	// Programs are where the lessons' programs are opened; the zero value
	// keeps them in the folder of the process and opens none.
	Programs Programs
	// Room is where the learner practises; the tour's own screen, player and
	// journal serve there.
	Room practice.Room
	// Scheduler runs the programs whose orders the learner chooses.
	Scheduler schedule.Player

	member    *class.Client // of a class that the learner has joined; nil is none
	wantsHelp bool          // has been told there

	screen  screen.Any
	player  *player.Player
	journal *progress.Journal
	// languages are those in which lessons run that do not say it.
	languages plan.Languages
	// predicted are the answers to predictions that have been asked in this
	// tour, or predict.Unanswered, by question and settings.
	predicted map[string]int
}

// NewTour is a tour on that screen. What the learner does is noted in
// journal.
func NewTour(s screen.Any, p *player.Player, journal *progress.Journal) *Tour {
	return &Tour{screen: s, player: p, journal: journal, languages: plan.Both, predicted: map[string]int{}}
}

// walk takes the learner through lesson i of all.
func (t *Tour) walk(ctx context.Context, all []course.Entry, i int) (leaving, error) {
	lesson, err := course.Load(all[i].ID)
	if err != nil {
		return leftProgram, err
	}
	t.journal.Load()
	w := newWalk(ctx, t, lesson, fmt.Sprintf("lesson %d of %d", i+1, len(all)))
	defer w.watch.Close()
	w.goOn()
	return t.through(ctx, w)
}

// through shows a walk until the learner leaves it, and asks what it asks.
func (t *Tour) through(ctx context.Context, w *Walk) (leaving, error) {
	for {
		err := t.screen.Run(ctx, w, true)
		w.noteRuns() // however it was left
		if err != nil {
			return leftProgram, err
		}
		if w.ask == nil {
			return w.left, w.err
		}
		ask := w.ask
		w.ask = nil
		switch err := ask(ctx); {
		case errors.Is(err, prompt.ErrBack): // to where it was asked
		case errors.Is(err, prompt.ErrQuit):
			return leftProgram, nil
		case err != nil:
			return leftProgram, err
		}
	}
}

// practise goes to an exercise or, if name is "", to the one to do next. The
// error is prompt.ErrQuit if the learner quits there.
func (t *Tour) practise(ctx context.Context, name string) error {
	room := t.Room
	room.Screen, room.Player, room.Journal, room.Back, room.WantHelp = t.screen, t.player, t.journal, true, t.helper()
	back, err := room.Practise(ctx, name)
	if err == nil && !back {
		err = prompt.ErrQuit
	}
	return err
}

// Present takes a room through a lesson: nothing is asked, and nothing is
// noted as the learner's.
func (t *Tour) Present(ctx context.Context, id string) error {
	_, err := t.present(ctx, id, nil)
	return err
}

// present is Present, to a class as well unless that is nil.
func (t *Tour) present(ctx context.Context, id string, c *teaching) (leaving, error) {
	lesson, err := course.Load(id)
	if err != nil {
		return leftProgram, err
	}
	room := *t
	room.journal = new(progress.Journal)
	w := newWalk(ctx, &room, lesson, id)
	w.presenting, w.setter.Spacious = true, true
	defer w.watch.Close()
	if c != nil {
		w.teaching = c
		if err := w.takeUp(c.Poll().Question.ID); err != nil {
			return leftProgram, err
		}
		if c.card {
			w.over = &joinCard{c.Server}
		}
	}
	if err := t.screen.Run(ctx, w, true); err != nil {
		return leftProgram, err // another start takes up what is asked
	}
	if c != nil {
		c.Clear()
	}
	return w.left, w.err
}

func newWalk(ctx context.Context, t *Tour, lesson course.Lesson, position string) *Walk {
	return &Walk{
		tour:     t,
		lesson:   lesson,
		setter:   page.New(lesson, t.screen.Colours()),
		position: position,
		watch:    newWatch(ctx, t.player, t.screen.Colours()),
	}
}

// Journal is where the tour notes what the learner does. Whoever gave it closes
// it, and says what could not be saved.
func (t *Tour) Journal() *progress.Journal { return t.journal }
