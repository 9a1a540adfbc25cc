package progress

import (
	"cmp"
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

// A Course is a lesson with the number of its pages.
type Course struct {
	Lesson string
	Pages  int
}

// A Summary says where a class stands.
type Summary struct {
	Learners    []Standing `json:"learners"`    // as they were given
	Predictions []Tally    `json:"predictions"` // the one that most got wrong first
	Questions   []Tally    `json:"questions"`   // likewise
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
	Done   bool   `json:"done"`
	Page   int    `json:"page"` // the furthest that was read; 0 if none was
	Pages  int    `json:"pages"`
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
	summary.Predictions, summary.Questions = predictions.sorted(), questions.sorted()
	return summary
}

// Place is how far the learner has come in a lesson.
func (s *State) Place(c Course) Place {
	l := s.Lessons[c.Lesson]
	done := !l.Finished.IsZero()
	return Place{
		Lesson: c.Lesson,
		Begun:  done || len(l.Read) > 0,
		Done:   done,
		Page:   min(l.Furthest(), c.Pages), // the lesson may have become shorter
		Pages:  c.Pages,
	}
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
