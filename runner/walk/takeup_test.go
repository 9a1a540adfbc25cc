package walk

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"gosyncio/runner/class"
	"gosyncio/runner/course"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
)

// A class that broke off opens where its question is asked.
func TestAClassThatBrokeOffOpensAtItsQuestion(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		keys   []string
		end    string // of the page that they lead to
		asks   string
		lesson string
		opens  []string // before b
		back   string   // after it
		asked  bool
	}{
		{"a prediction", []string{"3", "enter"}, "enter run", "How long does concurrent take?", "tasks", []string{"How long does concurrent take?", "1 of 1 have voted"}, "page 3 of", true},
		{"the quiz", []string{"9", "9", "enter"}, "enter quiz", "Question 1 of 5", "tasks", []string{"Question 1 of 5", "1 of 1 have voted"}, "enter quiz", true},
		{"another lesson", []string{"3", "enter"}, "enter run", "How long does concurrent take?", "gather", []string{"gather · page 1 of"}, "gather · page 1 of", false},
		{"one that is chosen", []string{"3", "enter"}, "enter run", "How long does concurrent take?", "", []string{"How long does concurrent take?"}, "page 3 of", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := class.Options{File: filepath.Join(t.TempDir(), "class.json")}
			s, err := class.Start(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			ada := joins(t, s, "ada")
			d := teaches(t, s, "tasks", headlessOptions{columns: 120, rows: 40})
			d.press("x")
			d.press(tt.keys...)
			d.toEnd(tt.end)
			d.press("enter")
			d.waitFor(tt.asks, "v close the vote")
			q := hears(t, ada, "a question", func(s class.State) bool { return s.Question != nil }).Question
			if err := ada.Vote(q, 0); err != nil {
				t.Fatal(err)
			}
			d.press("ctrl+c")
			if err := d.ends(); !errors.Is(err, prompt.ErrInterrupted) {
				t.Errorf("it ends with %v", err)
			}
			if err := s.Leave(); err != nil {
				t.Fatal(err)
			}

			s, err = class.Start(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			hears(t, ada, "that it goes on", func(s class.State) bool { return s.Connected })
			d = teaches(t, s, tt.lesson, headlessOptions{columns: 120, rows: 40})
			if tt.lesson == "" {
				d.answer(d.asked().Current)
			}
			if shown := d.waitForMatch("Join the class|q quit"); strings.Contains(shown, "Join the class") {
				d.press("x")
			}
			d.waitFor(tt.opens...)
			if asked := s.Poll().Question.ID == q.ID; asked != tt.asked {
				t.Errorf("it is asked: %v", asked)
			}
			d.press("b")
			d.waitFor(tt.back)
			d.press("q")
			if err := d.ends(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A question of the quiz has those before it behind it.
func TestAQuizThatIsTakenUpHasAWayBack(t *testing.T) {
	t.Parallel()
	lesson, err := course.Load("tasks")
	if err != nil {
		t.Fatal(err)
	}
	quiz, _ := lesson.Text.Quiz()
	s := classroom(t)
	s.Ask(class.Question{ID: class.QuizID(progress.Question{Lesson: "tasks", Key: quiz.Questions[2].ID}), Answers: []class.Answer{{Text: "x"}}})
	d := teaches(t, s, "tasks", headlessOptions{})
	d.press("x")
	for _, question := range []string{"3", "2", "1"} {
		d.waitFor("Question " + question + " of 5")
		d.press("b")
	}
	d.waitFor(fmt.Sprintf("tasks · page %d of", pagesOf(t, "tasks")))
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}
