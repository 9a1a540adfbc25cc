// Package course has each lesson as a whole: its program, from package
// lessons, and its text, from package content, under the one id that both
// know it by. Nothing here is run or shown.
package course

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/fault"
	"gosyncio/runner/progress"
)

// A Lesson is a program with its text.
type Lesson struct {
	ID      string
	Program lessons.Lesson
	Text    content.Lesson
}

// Load is the lesson of that id. For an id that there is not the error is
// that of Find.
func Load(id string) (Lesson, error) {
	program, err := Find(id)
	if err != nil {
		return Lesson{}, err
	}
	text, err := content.Load(id)
	if err != nil {
		return Lesson{}, err
	}
	return Lesson{ID: id, Program: program, Text: text}, nil
}

// Find is the program of the lesson of that id, for those who need no text.
// The error of a wrong id is a usage error, see package fault.
func Find(id string) (lessons.Lesson, error) {
	program, err := lessons.Find(id)
	return program, Explain("", err)
}

// IDs are the ids of all lessons in teaching order.
func IDs() []string {
	var ids []string
	for _, l := range lessons.All() {
		ids = append(ids, l.ID)
	}
	return ids
}

// An Entry is a lesson in a list of them: what can be said of it without
// reading its pages.
type Entry struct {
	ID      string
	Program lessons.Lesson
	Header  content.Header
}

// Entries are all lessons in teaching order.
func Entries() ([]Entry, error) {
	headers, err := content.Headers()
	if err != nil {
		return nil, err
	}
	byID := make(map[string]content.Header, len(headers))
	for _, h := range headers {
		byID[h.ID] = h
	}
	var all []Entry
	for _, program := range lessons.All() {
		header, ok := byID[program.ID]
		if !ok {
			return nil, fmt.Errorf("lesson %s has no text in content/%s", program.ID, program.ID)
		}
		all = append(all, Entry{program.ID, program, header})
	}
	return all, nil
}

// Courses are all lessons in teaching order, with what is to be done in them.
func Courses() ([]progress.Course, error) {
	var all []progress.Course
	for _, id := range IDs() {
		text, err := content.Load(id)
		if err != nil {
			return nil, err
		}
		all = append(all, toDo(text))
	}
	return all, nil
}

// ToDo is what is to be done in the lesson.
func (l Lesson) ToDo() progress.Course { return toDo(l.Text) }

// ToDoOn is what of it is to be done on page i, counted from 0.
func (l Lesson) ToDoOn(i int) progress.Course {
	text := l.Text
	text.Pages = text.Pages[i : i+1]
	return toDo(text)
}

func toDo(text content.Lesson) progress.Course {
	c := progress.Course{Lesson: text.ID, Pages: len(text.Pages)}
	for _, page := range text.Pages {
		if predict, ok := page.Predict(); ok {
			c.Predictions = append(c.Predictions, predict.ID)
		}
		if run, ok := page.Run(); ok && !slices.Contains(c.Runs, PlaceOf(run)) {
			c.Runs = append(c.Runs, PlaceOf(run))
		}
	}
	for _, page := range text.Pages {
		made, _ := page.Make()
		c.Exercises = append(c.Exercises, made.Exercises...)
	}
	quiz, _ := text.Quiz()
	for _, q := range quiz.Questions {
		c.Quiz = append(c.Quiz, q.ID)
	}
	return c
}

// PlaceOf names a place at which a lesson runs something by what it runs, so
// that the name stays when pages are moved or written anew.
func PlaceOf(run content.Run) string {
	words := slices.Clone(run.Variants)
	for _, name := range slices.Sorted(maps.Keys(run.Set)) {
		words = append(words, name+"="+run.Set[name])
	}
	if run.With != "" {
		words = append(words, "with", run.With)
	}
	return strings.Join(words, " ")
}

// Questions are what questions say, by how progress knows them.
type Questions map[progress.Question]string

// AllQuestions are the predictions and the quiz questions of all lessons.
func AllQuestions() (predictions, quizzes Questions, err error) {
	predictions, quizzes = make(Questions), make(Questions)
	for _, id := range IDs() {
		text, err := content.Load(id)
		if err != nil {
			return nil, nil, err
		}
		for _, page := range text.Pages {
			if predict, ok := page.Predict(); ok {
				predictions[progress.Question{Lesson: id, Key: predict.ID}] = predict.Question
			}
		}
		quiz, _ := text.Quiz()
		for _, q := range quiz.Questions {
			quizzes[progress.Question{Lesson: id, Key: q.ID}] = q.Question
		}
	}
	return predictions, quizzes, nil
}

// Explain turns what package lessons says of a wrong name or value into a
// usage error that says what to do next. Other errors, and nil, it returns
// as they are. lesson is the id of the lesson that was asked, or "".
func Explain(lesson string, err error) error {
	if unknown, ok := errors.AsType[*lessons.UnknownError](err); ok {
		what := unknown.Error()
		if lesson != "" {
			what += " in " + lesson
		}
		if unknown.Kind == "variant" && strings.Contains(unknown.Name, "=") {
			return fault.Usage(what, "a setting is set with --set: --set "+strings.Trim(strconv.Quote(unknown.Name), `"`))
		}
		return fault.UnknownName(what, unknown.Kind+"s", unknown.Name, unknown.Known)
	}
	if value, ok := errors.AsType[*lessons.ValueError](err); ok {
		return fault.Usage(value.Error(), value.Next)
	}
	return err
}
