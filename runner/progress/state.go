// Package progress keeps what the learner has done: the pages read, the
// predictions and answers given, the runs made, and when a question should
// be asked again. It knows nothing of what the lessons say, and prints
// nothing.
//
// A State is what is known; it changes only through its methods. A Store
// keeps one on disk, where several instances of the program share it.
package progress

import (
	"cmp"
	"reflect"
	"slices"
	"time"

	"gosyncio/runner/terminal"
)

// A State is all that is known of one learner. The zero State knows
// nothing and is ready for use.
//
// Its JSON is what is kept on disk and exchanged. A change to it, be it a
// field more, needs another version of the format.
type State struct {
	Welcomed    time.Time                  `json:"welcomed,omitzero"` // when the first screen was shown
	Lessons     map[string]Lesson          `json:"lessons,omitempty"`
	Predictions []Prediction               `json:"predictions,omitempty"` // in the order in which they were noted
	Outcomes    []Outcome                  `json:"outcomes,omitempty"`    // likewise
	Answers     []Answer                   `json:"answers,omitempty"`     // likewise
	Cards       map[string]map[string]Card `json:"cards,omitempty"`       // by lesson and question
	Runs        []Run                      `json:"runs,omitempty"`        // likewise
	Exercises   map[string]Exercise        `json:"exercises,omitempty"`   // by name
}

// A State keeps so many records of a kind; the oldest make room for new ones.
const (
	maxPredictions = 10_000
	maxAnswers     = 10_000
	maxOutcomes    = 1000
	maxRuns        = 300
)

// A Lesson says how far the learner has come in a lesson.
type Lesson struct {
	Read     []int     `json:"pages_read,omitempty"` // page numbers, counted from 1, ascending
	Page     int       `json:"page"`                 // on which the learner stands
	At       time.Time `json:"at"`                   // when the learner got there
	Finished time.Time `json:"finished,omitzero"`    // when the recap was read first
	// Ran are the places at which something was run, by names that are the
	// lesson's own; Unasked the predictions that could not be asked where
	// they stand, for want of Python or of a choice. Both are sorted. A file
	// of version 1 has neither: what is finished there has been read.
	Ran     []string `json:"ran,omitempty"`
	Unasked []string `json:"unasked,omitempty"`
}

// Furthest is the last page that has been read; 0 if none has.
func (l Lesson) Furthest() int {
	if len(l.Read) == 0 {
		return 0
	}
	return l.Read[len(l.Read)-1]
}

// A Question is known by its lesson and a key that is its own there.
type Question struct {
	Lesson string `json:"lesson"`
	Key    string `json:"question"`
}

func (q Question) compare(other Question) int {
	return cmp.Or(cmp.Compare(q.Lesson, other.Lesson), cmp.Compare(q.Key, other.Key))
}

// A Prediction is what the learner expected of a run. It is noted when it is
// made, and then it is open. It is noted once more when a run has decided it.
type Prediction struct {
	Question
	Settings map[string]string `json:"settings,omitempty"` // for which it was asked
	CPUs     int               `json:"cpus,omitempty"`     // how many there were to be for Go; 0 is the usual number
	Given    string            `json:"given"`
	Correct  string            `json:"correct"`
	Right    bool              `json:"right"`
	Open     bool              `json:"open,omitempty"` // no run has decided it: Correct and Right say nothing
	At       time.Time         `json:"at"`
}

// An Outcome is what a run showed of what had been predicted.
type Outcome struct {
	Question
	Settings map[string]string `json:"settings,omitempty"` // as in Prediction
	CPUs     int               `json:"cpus,omitempty"`
	Was      string            `json:"was"`
	At       time.Time         `json:"at"`
}

// An Answer is what the learner chose in a quiz.
type Answer struct {
	Question
	Given []string  `json:"given,omitempty"`
	Right bool      `json:"right"`
	At    time.Time `json:"at"`
}

// A Run is a program that the learner has watched.
type Run struct {
	Lesson   string            `json:"lesson"`
	Variant  string            `json:"variant"`
	Language string            `json:"language"`
	Settings map[string]string `json:"settings,omitempty"`
	Elapsed  time.Duration     `json:"elapsed_ns"`
	At       time.Time         `json:"at"`
}

// ReadPage notes that the learner stands on a page, counted from 1, and
// has read it.
func (s *State) ReadPage(lesson string, page int, now time.Time) {
	if page < 1 || page > maxPage {
		return
	}
	l := s.Lessons[terminal.Printable(lesson)]
	if i, found := slices.BinarySearch(l.Read, page); !found {
		l.Read = slices.Insert(l.Read, i, page)
	}
	l.Page, l.At = page, moment(now)
	s.setLesson(terminal.Printable(lesson), l)
}

// Welcome notes that the learner has seen the first screen. The first time
// counts.
func (s *State) Welcome(now time.Time) {
	if s.Welcomed.IsZero() {
		s.Welcomed = moment(now)
	}
}

// Empty reports whether nothing at all is known.
func (s *State) Empty() bool {
	return s.Welcomed.IsZero() && len(s.Lessons)+len(s.Predictions)+len(s.Outcomes)+len(s.Answers)+len(s.Cards)+len(s.Runs)+len(s.Exercises) == 0
}

// RanAt notes that a lesson's runs at a place were made.
func (s *State) RanAt(lesson, place string) {
	l := s.Lessons[terminal.Printable(lesson)]
	l.Ran = with(l.Ran, terminal.Printable(place))
	s.setLesson(terminal.Printable(lesson), l)
}

// CannotAsk notes that a prediction could not be asked where it stands.
func (s *State) CannotAsk(q Question) {
	q = q.printable()
	l := s.Lessons[q.Lesson]
	l.Unasked = with(l.Unasked, q.Key)
	s.setLesson(q.Lesson, l)
}

// with is a sorted list with one text more, if it is not there yet.
func with(sorted []string, text string) []string {
	i, found := slices.BinarySearch(sorted, text)
	if found {
		return sorted
	}
	return slices.Insert(slices.Clone(sorted), i, text)
}

// Finish notes that the learner has come to the end of a lesson. The first
// time counts.
func (s *State) Finish(lesson string, now time.Time) {
	l := s.Lessons[terminal.Printable(lesson)]
	if l.Finished.IsZero() {
		l.Finished = moment(now)
	}
	s.setLesson(terminal.Printable(lesson), l)
}

func (s *State) setLesson(id string, l Lesson) {
	if s.Lessons == nil {
		s.Lessons = make(map[string]Lesson)
	}
	s.Lessons[id] = l
}

// Predict notes a prediction. Like RecordOutcome, Answer and Ran it notes
// the same record only once.
func (s *State) Predict(p Prediction) {
	p.Question = p.Question.printable()
	p.Settings, p.Given, p.Correct, p.At = keptSettings(p.Settings), terminal.Printable(p.Given), terminal.Printable(p.Correct), moment(p.At)
	if !known(s.Predictions, p) {
		s.Predictions = newest(append(s.Predictions, p), maxPredictions)
	}
}

// Decided are the predictions that are not open.
func (s *State) Decided() []Prediction {
	return slices.DeleteFunc(slices.Clone(s.Predictions), func(p Prediction) bool { return p.Open })
}

// RecordOutcome notes what came of a prediction.
func (s *State) RecordOutcome(o Outcome) {
	o.Question = o.Question.printable()
	o.Settings, o.Was, o.At = keptSettings(o.Settings), terminal.Printable(o.Was), moment(o.At)
	if !known(s.Outcomes, o) {
		s.Outcomes = newest(append(s.Outcomes, o), maxOutcomes)
	}
}

// Answer notes an answer and rates the card of its question.
func (s *State) Answer(a Answer) {
	a.Question, a.At = a.Question.printable(), moment(a.At)
	var given []string
	for _, choice := range a.Given {
		given = append(given, terminal.Printable(choice))
	}
	a.Given = given
	if known(s.Answers, a) {
		return
	}
	s.Answers = newest(append(s.Answers, a), maxAnswers)
	s.setCard(a.Question, s.Cards[a.Lesson][a.Key].rated(a.Right, a.At))
}

func (s *State) setCard(q Question, c Card) {
	if s.Cards == nil {
		s.Cards = make(map[string]map[string]Card)
	}
	if s.Cards[q.Lesson] == nil {
		s.Cards[q.Lesson] = make(map[string]Card)
	}
	s.Cards[q.Lesson][q.Key] = c
}

// Ran notes a run.
func (s *State) Ran(r Run) {
	r.Lesson, r.Variant, r.Language = terminal.Printable(r.Lesson), terminal.Printable(r.Variant), terminal.Printable(r.Language)
	r.Settings, r.At = keptSettings(r.Settings), moment(r.At)
	if !known(s.Runs, r) {
		s.Runs = newest(append(s.Runs, r), maxRuns)
	}
}

// known reports whether a record has been noted before. Records that differ in
// their time are told apart quickly.
func known[R record](records []R, r R) bool {
	return slices.ContainsFunc(records, func(old R) bool {
		return old.at().Equal(r.at()) && reflect.DeepEqual(old, r)
	})
}

// A record is what happened at some time.
type record interface{ at() time.Time }

func (p Prediction) at() time.Time { return p.At }
func (o Outcome) at() time.Time    { return o.At }
func (a Answer) at() time.Time     { return a.At }
func (r Run) at() time.Time        { return r.At }

// newest are the last n records.
func newest[R record](records []R, n int) []R {
	return records[max(0, len(records)-n):]
}

// forget makes room where there is none: the older half of the records goes. It
// reports whether there were any.
func (s *State) forget() bool {
	before := len(s.Predictions) + len(s.Outcomes) + len(s.Answers) + len(s.Runs)
	s.Predictions = newest(s.Predictions, len(s.Predictions)/2)
	s.Outcomes = newest(s.Outcomes, len(s.Outcomes)/2)
	s.Answers = newest(s.Answers, len(s.Answers)/2)
	s.Runs = newest(s.Runs, len(s.Runs)/2)
	return before > 0
}

// moment is t as it is kept: in UTC, to the millisecond.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// printable is the question as it is kept: a file with text that a terminal
// might obey is not one of ours.
func (q Question) printable() Question {
	return Question{terminal.Printable(q.Lesson), terminal.Printable(q.Key)}
}
