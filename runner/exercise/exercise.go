// Package exercise checks and explains what the learner makes. It knows no
// terminal.
//
// A check takes the learner's file as it is, whatever stands around it, puts
// it into a module of its own beside what must hold of it, and has the go
// command build that: to be vetted, to be run in virtual time, to be run in many
// orders of its goroutines, and with the race detector. The first thing that is
// wrong becomes a Verdict.
package exercise

import (
	"fmt"
	"path"
	"strings"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/fault"
)

// An Exercise is what the learner makes, with what they read of it.
type Exercise struct {
	lessons.Exercise
	Text content.Exercise
}

// All returns the exercises of all lessons in teaching order.
func All() ([]Exercise, error) {
	var all []Exercise
	for _, e := range lessons.Exercises() {
		text, err := content.ParseExercise(path.Join("lessons", e.Lesson, "exercises", e.Name, "exercise.md"), e.Text())
		if err != nil {
			return nil, fmt.Errorf("exercise %s: %w", e.Name, err)
		}
		all = append(all, Exercise{e, text})
	}
	return all, nil
}

// named are the names of a lesson's exercises.
func named(all []Exercise, lesson string) (names []string) {
	for _, e := range all {
		if e.Lesson == lesson {
			names = append(names, e.Name)
		}
	}
	return names
}

// Find returns the exercise of that name. The error for a name that is none
// is that of fault.UnknownName.
func Find(name string) (Exercise, error) {
	all, err := All()
	if err != nil {
		return Exercise{}, err
	}
	if own := named(all, name); len(own) > 0 {
		return Exercise{}, fault.Usage(name+" is a lesson", "its exercises are "+strings.Join(own, ", "))
	}
	names := make([]string, len(all))
	for i, e := range all {
		if e.Name == name || path.Join(e.Lesson, e.Name) == name {
			return e, nil
		}
		names[i] = e.Name
	}
	return Exercise{}, fault.UnknownName(fmt.Sprintf("there is no exercise %q", name), "exercises", name, names)
}
