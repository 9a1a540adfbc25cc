package progress

import (
	"slices"
	"time"

	"github.com/open-spaced-repetition/go-fsrs/v4"
)

// A Card says how well the learner knows the answer to a question, and when
// to ask it again. Its fields are those of the FSRS algorithm, under names
// of our own: a new version of the library changes no file.
type Card struct {
	Due        time.Time `json:"due"`
	Right      bool      `json:"right"` // whether the last answer was
	Stability  float64   `json:"stability"`
	Difficulty float64   `json:"difficulty"`
	Interval   uint64    `json:"interval_days"`
	Reviews    uint64    `json:"reviews"`
	Lapses     uint64    `json:"lapses"`
	Reviewed   time.Time `json:"reviewed"`
}

// scheduler asks again after days, never after minutes: a question that
// was missed is due at once as it is, and one answered right can wait for
// another day. It uses no chance.
func scheduler() *fsrs.FSRS {
	p := fsrs.DefaultParam()
	p.LearningSteps, p.RelearningSteps = nil, nil
	p.EnableFuzz = false
	return fsrs.NewFSRS(p)
}

// rated is c after an answer. A card that is corrupt, for somebody has
// edited the file, starts over.
func (c Card) rated(right bool, now time.Time) Card {
	rating := fsrs.Again
	if right {
		rating = fsrs.Good
	}
	card := fsrs.NewCard(now)
	if !c.Reviewed.IsZero() {
		card = fsrs.Card{
			Due: c.Due, Stability: c.Stability, Difficulty: c.Difficulty, ScheduledDays: c.Interval,
			Reps: c.Reviews, Lapses: c.Lapses, State: fsrs.Review, LastReview: c.Reviewed,
		}
	}
	if card.LastReview.After(now) {
		card.LastReview = now // the clock has been put back
	}
	next, err := scheduler().Next(card, now, rating)
	if err != nil {
		next, err = scheduler().Next(fsrs.NewCard(now), now, rating)
	}
	if err != nil {
		panic("progress: rate a new card: " + err.Error()) // it has nothing that could be wrong
	}
	card = next.Card
	return Card{
		Due: moment(card.Due), Right: right, Stability: card.Stability, Difficulty: card.Difficulty,
		Interval: card.ScheduledDays, Reviews: card.Reps, Lapses: card.Lapses, Reviewed: card.LastReview,
	}
}

// due reports whether to ask again: the last answer was wrong, or it is time.
func (c Card) due(now time.Time) bool { return !c.Right || !c.Due.After(now) }

// Due are the questions whose last answer was wrong or that are to be asked
// again by now, the longest due first.
func (s *State) Due(now time.Time) []Question {
	var due []Question
	for lesson, cards := range s.Cards {
		for key, card := range cards {
			if card.due(now) {
				due = append(due, Question{lesson, key})
			}
		}
	}
	since := func(q Question) time.Time {
		card := s.Cards[q.Lesson][q.Key]
		if !card.Right {
			return card.Reviewed
		}
		return card.Due
	}
	slices.SortFunc(due, func(a, b Question) int {
		if order := since(a).Compare(since(b)); order != 0 {
			return order
		}
		return a.compare(b)
	})
	return due
}
