package progress

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Report is what a learner has done, to be told. Its JSON is a public
// interface: fields are added, never renamed.
type Report struct {
	Lessons     []Place `json:"lessons"` // in teaching order
	Predictions Score   `json:"predictions"`
	Answers     Score   `json:"answers"` // to the questions of quizzes
	Exercises   Made    `json:"exercises"`
	// Due are the questions to be asked again, the longest due first:
	// lesson, question (its key there).
	Due []Question `json:"due"`
}

// Made counts exercises.
type Made struct {
	All    int `json:"all"`
	Begun  int `json:"begun"`
	Solved int `json:"solved"`
	// Again are those to make again: they took many tries, or their solution
	// was read before they were solved.
	Again []string `json:"again"`
}

// manyTries are so many that an exercise is better made again.
const manyTries = 8

// Made counts the exercises of a course.
func (s *State) Made(courses []Course) Made {
	m := Made{Again: []string{}}
	for _, c := range courses {
		for _, name := range c.Exercises {
			m.All++
			e, begun := s.Exercises[name]
			if begun {
				m.Begun++
			}
			if e.Solved.IsZero() {
				continue
			}
			m.Solved++
			if e.Tries >= manyTries || e.Peeked {
				m.Again = append(m.Again, name)
			}
		}
	}
	return m
}

func (m Made) String() string {
	if m.Solved == 0 {
		return "none yet"
	}
	return fmt.Sprintf("%d of %d solved", m.Solved, m.All)
}

// A Score counts answers.
type Score struct {
	Made  int `json:"made"`
	Right int `json:"right"`
}

func (s *Score) add(right bool) {
	s.Made++
	if right {
		s.Right++
	}
}

func (s Score) String() string {
	if s.Made == 0 {
		return "none yet"
	}
	return fmt.Sprintf("%d of %d right", s.Right, s.Made)
}

// Report is what the learner has done in the lessons of a course. What is
// due are questions that those still ask.
func (s *State) Report(courses []Course, now time.Time) Report {
	report := Report{Due: []Question{}}
	asks := map[Question]bool{}
	for _, c := range courses {
		report.Lessons = append(report.Lessons, s.Place(c))
		for _, key := range c.Quiz {
			asks[Question{c.Lesson, key}] = true
		}
	}
	report.Exercises = s.Made(courses)
	for _, p := range s.Decided() {
		report.Predictions.add(p.Right)
	}
	for _, answer := range s.Answers {
		report.Answers.add(answer.Right)
	}
	report.Due = append(report.Due, slices.DeleteFunc(s.Due(now), func(q Question) bool { return !asks[q] })...)
	return report
}

// Text is the report in lines.
func (r Report) Text() string {
	var text strings.Builder
	width := 0
	for _, place := range r.Lessons {
		width = max(width, len(place.Lesson))
	}
	for _, place := range r.Lessons {
		fmt.Fprintf(&text, "%-*s  %s  %s", width, place.Lesson, bar(place), place.Where())
		if left := place.ToDo(); place.Read && left != "" {
			fmt.Fprintf(&text, ", %s to go", left)
		}
		text.WriteString("\n")
	}
	fmt.Fprintf(&text, "\npredictions: %v\nquiz answers: %v\nexercises: %v\n", r.Predictions, r.Answers, r.Exercises)
	switch len(r.Due) {
	case 0:
		fmt.Fprintln(&text, "to review: nothing is due")
	case 1:
		fmt.Fprintln(&text, "to review: 1 question is due, see gosyncio review")
	default:
		fmt.Fprintf(&text, "to review: %d questions are due, see gosyncio review\n", len(r.Due))
	}
	return text.String()
}

// bar is how much of a lesson has been read. One that was begun has some.
func bar(p Place) string {
	const cells = 10
	full := 0
	switch {
	case p.Done, p.Read:
		full = cells
	case p.Begun:
		full = max(1, cells*p.Page/p.Pages)
	}
	return strings.Repeat("█", full) + strings.Repeat("·", cells-full)
}
