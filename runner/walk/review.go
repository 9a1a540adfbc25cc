package walk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
)

// A Due is a question that is to be asked again.
type Due struct {
	lesson   course.Lesson
	question content.Question
}

// Due are the questions that are due at the time now and that the lessons
// still ask, the longest due first.
func (t *Tour) Due(now time.Time) ([]Due, error) {
	return dueQuestions(t.journal.Load(), now)
}

// Again says which exercises are better made once more, and how; "" if none
// is: those that took many tries, and those whose solution was read before.
func (t *Tour) Again() (string, error) {
	courses, err := course.Courses()
	if err != nil {
		return "", err
	}
	again := t.journal.State().Made(courses).Again
	if len(again) == 0 {
		return "", nil
	}
	return fmt.Sprintf("to make once more, from memory: %s (gosyncio reset %s, gosyncio practice %[2]s)", strings.Join(again, ", "), again[0]), nil
}

func dueQuestions(state *progress.State, now time.Time) ([]Due, error) {
	loaded := map[string]course.Lesson{}
	var due []Due
	for _, q := range state.Due(now) {
		if _, err := course.Find(q.Lesson); err != nil {
			continue // of another version of the program
		}
		lesson, known := loaded[q.Lesson]
		if !known {
			var err error
			if lesson, err = course.Load(q.Lesson); err != nil {
				return nil, err
			}
			loaded[q.Lesson] = lesson
		}
		quiz, _ := lesson.Text.Quiz()
		for _, question := range quiz.Questions {
			if question.ID == q.Key {
				due = append(due, Due{lesson, question})
			}
		}
	}
	return due, nil
}

// Review asks the questions that are due, one after the other, until the
// learner leaves the rest. It returns how many were asked, and how many of
// those were answered right.
func (t *Tour) Review(ctx context.Context, due []Due) (right, asked int, err error) {
	for i, d := range due {
		heading := fmt.Sprintf("Question %d of %d, from %s", i+1, len(due), d.lesson.Text.Title)
		knew, left, err := t.askQuestion(ctx, d.lesson.ID, heading, d.question, nextChoices(i, len(due), "done"))
		switch {
		case errors.Is(err, prompt.ErrQuit), errors.Is(err, prompt.ErrBack):
			return right, asked, nil
		case err != nil:
			return right, asked, err
		}
		asked++
		if knew {
			right++
		}
		if left {
			break
		}
	}
	return right, asked, nil
}
