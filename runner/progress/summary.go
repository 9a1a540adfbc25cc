package progress

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"gosyncio/runner/terminal"
)

// A Learner is somebody whose progress has been exported.
type Learner struct {
	Name  string // of the file, without folder and .json
	State *State
}

// ReadLearner reads an export. The error is a *fault.Error.
func ReadLearner(path string) (Learner, error) {
	state, err := ReadExport(path)
	name := filepath.Base(path)
	return Learner{terminal.Printable(strings.TrimSuffix(name, filepath.Ext(name))), state}, err
}

// A Course is a lesson with what is to be done in it.
type Course struct {
	Lesson      string
	Pages       int
	Runs        []string // the places at which something runs, by name
	Predictions []string // the keys of the questions about those runs
	Quiz        []string // the keys of the quiz's questions
	Exercises   []string // the names of what it offers to make
}

// A Summary says where a class stands.
type Summary struct {
	Learners    []Standing      `json:"learners"`    // as they were given
	Predictions []Tally         `json:"predictions"` // the one that most got wrong first
	Questions   []Tally         `json:"questions"`   // likewise
	Exercises   []ExerciseTally `json:"exercises"`   // in teaching order
}

// A Standing says where a learner is.
type Standing struct {
	Learner string  `json:"learner"`
	Lessons []Place `json:"lessons"` // in teaching order, as they were given
}

// A Place is how far a learner has come in a lesson.
type Place struct {
	Lesson string `json:"lesson"`
	Begun  bool   `json:"begun"`
	Done   bool   `json:"done"` // every run was made, every question answered
	Page   int    `json:"page"` // the furthest that was read; 0 if none was
	Pages  int    `json:"pages"`

	Read      bool `json:"read"` // the recap was reached, at least by turning pages
	RunsMade  int  `json:"runs_made"`
	Runs      int  `json:"runs"` // the places at which something runs
	Answered  int  `json:"answered"`
	Questions int  `json:"questions"` // predictions and the quiz's
}

// Where is the place in words: "not begun", "page 3 of 8", "read" or "done".
func (p Place) Where() string {
	switch {
	case p.Done:
		return "done"
	case p.Read:
		return "read"
	case p.Begun:
		return fmt.Sprintf("page %d of %d", p.Page, p.Pages)
	}
	return "not begun"
}

// ToDo is what is left to do besides reading: "1 run and 2 answers"; "" if
// nothing is.
func (p Place) ToDo() string {
	return enumerated(" and ", []amount{{p.Runs - p.RunsMade, "run"}, {p.Questions - p.Answered, "answer"}})
}

// An amount is so many of something, which is named in the singular.
type amount struct {
	n    int
	what string
}

// enumerated are the amounts of which there is something, as in "1 run and 2
// answers".
func enumerated(separator string, amounts []amount) string {
	var parts []string
	for _, a := range amounts {
		switch {
		case a.n == 1:
			parts = append(parts, "1 "+a.what)
		case a.n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", a.n, a.what))
		}
	}
	return strings.Join(parts, separator)
}

// A Tally counts the learners who were asked a question, and those whose
// first answer was wrong: later ones they gave knowing better.
type Tally struct {
	Question
	Asked int `json:"asked"`
	Wrong int `json:"wrong"`
}

// Summarise sums up what learners have done in the lessons of a course.
// Tallies are also of lessons that are not in it.
func Summarise(learners []Learner, course []Course) Summary {
	summary := Summary{Learners: []Standing{}}
	predictions, questions := make(tallies), make(tallies)
	for _, learner := range learners {
		standing := Standing{Learner: learner.Name}
		for _, c := range course {
			standing.Lessons = append(standing.Lessons, learner.State.Place(c))
		}
		summary.Learners = append(summary.Learners, standing)
		predictions.add(firsts(learner.State.Decided()))
		questions.add(firsts(learner.State.Answers))
	}
	summary.Exercises = tallyExercises(learners, course)
	summary.Predictions, summary.Questions = predictions.sorted(), questions.sorted()
	return summary
}

// AddTally adds what was counted elsewhere to tallies of a Summary.
func AddTally(all []Tally, counted Tally) []Tally {
	sums := make(tallies)
	for _, t := range append(slices.Clone(all), counted) {
		sum := sums[t.Question]
		sums[t.Question] = Tally{t.Question, sum.Asked + t.Asked, sum.Wrong + t.Wrong}
	}
	return sums.sorted()
}

// Place is how far the learner has come in a lesson.
func (s *State) Place(c Course) Place {
	l := s.Lessons[c.Lesson]
	p := Place{
		Lesson:    c.Lesson,
		Begun:     !l.Finished.IsZero() || len(l.Read) > 0,
		Page:      min(l.Furthest(), c.Pages), // the lesson may have become shorter
		Pages:     c.Pages,
		Read:      !l.Finished.IsZero(),
		Runs:      len(c.Runs),
		Questions: len(c.Predictions) + len(c.Quiz),
	}
	for _, place := range c.Runs {
		if slices.Contains(l.Ran, place) {
			p.RunsMade++
		}
	}
	for _, key := range c.Predictions {
		made := func(made Prediction) bool { return made.Question == Question{c.Lesson, key} }
		if slices.Contains(l.Unasked, key) || slices.ContainsFunc(s.Predictions, made) {
			p.Answered++
		}
	}
	for _, key := range c.Quiz {
		if _, ok := s.Cards[c.Lesson][key]; ok {
			p.Answered++
		}
	}
	p.Done = p.RunsMade == p.Runs && p.Answered == p.Questions && (p.Runs+p.Questions > 0 || p.Read)
	p.Begun = p.Begun || p.Done
	return p
}

// An outcome is a record of a question that was answered.
type outcome interface {
	record
	outcome() (q Question, right bool)
}

func (p Prediction) outcome() (Question, bool) { return p.Question, p.Right }
func (a Answer) outcome() (Question, bool)     { return a.Question, a.Right }

// firsts says for each question whether it was answered right at first.
func firsts[O outcome](outcomes []O) map[Question]bool {
	first := make(map[Question]bool)
	for _, o := range slices.SortedStableFunc(slices.Values(outcomes), func(a, b O) int { return a.at().Compare(b.at()) }) {
		q, right := o.outcome()
		if _, seen := first[q]; !seen {
			first[q] = right
		}
	}
	return first
}

type tallies map[Question]Tally

func (t tallies) add(answers map[Question]bool) {
	for q, right := range answers {
		tally := t[q]
		tally.Question = q
		tally.Asked++
		if !right {
			tally.Wrong++
		}
		t[q] = tally
	}
}

// sorted has the question first that most learners got wrong; of those,
// the one that the fewest were asked.
func (t tallies) sorted() []Tally {
	all := make([]Tally, 0, len(t))
	for _, tally := range t {
		all = append(all, tally)
	}
	slices.SortFunc(all, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.Wrong, a.Wrong), cmp.Compare(a.Asked, b.Asked), a.compare(b.Question))
	})
	return all
}
