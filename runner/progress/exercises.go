package progress

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"gosyncio/runner/terminal"
)

// An Exercise is how far the learner has come in making something.
type Exercise struct {
	Given  string    `json:"given,omitempty"`  // a digest of the file as the learner got it
	Tries  int       `json:"tries"`            // how many checks there were until it was solved
	Hints  int       `json:"hints,omitempty"`  // how many were read
	Peeked bool      `json:"peeked,omitempty"` // the solution was read before it was solved
	Solved time.Time `json:"solved,omitzero"`  // the first time
	At     time.Time `json:"at"`               // of the last check, or when it was begun
	// Verdicts counts what was wrong, by the kinds of verdicts.
	Verdicts map[string]int `json:"verdicts,omitempty"`
}

// Begin notes that the learner has got an exercise's file, of which given is a
// digest.
func (s *State) Begin(exercise, given string, now time.Time) {
	s.change(exercise, func(e *Exercise) { e.Given, e.At = terminal.Printable(given), moment(now) })
}

// Try notes a check with its verdict. After an exercise has been solved no
// tries are counted.
func (s *State) Try(exercise, verdict string, solved bool, now time.Time) {
	s.change(exercise, func(e *Exercise) {
		e.At = moment(now)
		if !e.Solved.IsZero() {
			return
		}
		e.Tries++
		if solved {
			e.Solved = moment(now)
			return
		}
		e.Verdicts = maps.Clone(e.Verdicts)
		if e.Verdicts == nil {
			e.Verdicts = map[string]int{}
		}
		e.Verdicts[terminal.Printable(verdict)]++
	})
}

// Hint notes that the learner has read so many hints.
func (s *State) Hint(exercise string, count int) {
	s.change(exercise, func(e *Exercise) { e.Hints = max(e.Hints, count) })
}

// Peek notes that the learner has read the solution.
func (s *State) Peek(exercise string) {
	s.change(exercise, func(e *Exercise) { e.Peeked = e.Peeked || e.Solved.IsZero() })
}

func (s *State) change(exercise string, change func(*Exercise)) {
	exercise = terminal.Printable(exercise)
	e := s.Exercises[exercise]
	change(&e)
	s.setExercise(exercise, e)
}

func (s *State) setExercise(name string, e Exercise) {
	if s.Exercises == nil {
		s.Exercises = make(map[string]Exercise)
	}
	s.Exercises[name] = e
}

// mergeExercises is what two know of one exercise: the most of each, and of
// what changes the newer.
func mergeExercises(a, b Exercise) Exercise {
	merged := a
	if cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Given, b.Given)) < 0 {
		merged.Given, merged.At = b.Given, b.At
	}
	merged.Tries, merged.Hints, merged.Peeked = max(a.Tries, b.Tries), max(a.Hints, b.Hints), a.Peeked || b.Peeked
	if a.Solved.IsZero() || !b.Solved.IsZero() && b.Solved.Before(a.Solved) {
		merged.Solved = b.Solved
	}
	merged.Verdicts = maps.Clone(a.Verdicts)
	for verdict, count := range b.Verdicts {
		if merged.Verdicts == nil {
			merged.Verdicts = map[string]int{}
		}
		merged.Verdicts[verdict] = max(merged.Verdicts[verdict], count)
	}
	return merged
}

// exercises says what is wrong with the exercises, see State.check.
func (c *checker) exercises(exercises map[string]Exercise) {
	for name, e := range exercises {
		c.texts(name, e.Given)
		c.times(e.Solved, e.At)
		if e.Tries < 0 || e.Hints < 0 {
			c.fail("exercise %s has an impossible number", quoted(name))
		}
		for verdict, count := range e.Verdicts {
			c.texts(verdict)
			if count < 0 {
				c.fail("exercise %s has an impossible number", quoted(name))
			}
		}
	}
}

// An ExerciseTally counts what learners have made of an exercise.
type ExerciseTally struct {
	Lesson   string         `json:"lesson"`
	Exercise string         `json:"exercise"`
	Begun    int            `json:"begun"`    // how many learners have
	Solved   int            `json:"solved"`   // how many of those have
	Tries    int            `json:"tries"`    // of all of them
	Verdicts map[string]int `json:"verdicts"` // what was wrong in how many tries
}

// tallyExercises counts the exercises of a course that anybody has begun, in
// teaching order.
func tallyExercises(learners []Learner, courses []Course) []ExerciseTally {
	tallies := []ExerciseTally{}
	for _, c := range courses {
		for _, name := range c.Exercises {
			tally := ExerciseTally{Lesson: c.Lesson, Exercise: name, Verdicts: map[string]int{}}
			for _, learner := range learners {
				e, begun := learner.State.Exercises[name]
				if !begun {
					continue
				}
				tally.Begun++
				tally.Tries += e.Tries
				if !e.Solved.IsZero() {
					tally.Solved++
				}
				for verdict, count := range e.Verdicts {
					tally.Verdicts[verdict] += count
				}
			}
			if tally.Begun > 0 {
				tallies = append(tallies, tally)
			}
		}
	}
	return tallies
}

// Mistakes are the verdicts with their counts, the most frequent first.
func (t ExerciseTally) Mistakes() []string {
	verdicts := slices.SortedFunc(maps.Keys(t.Verdicts), func(a, b string) int {
		return cmp.Or(cmp.Compare(t.Verdicts[b], t.Verdicts[a]), cmp.Compare(a, b))
	})
	for i, verdict := range verdicts {
		verdicts[i] = fmt.Sprintf("%s %d", verdict, t.Verdicts[verdict])
	}
	return verdicts
}
