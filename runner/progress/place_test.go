package progress

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// inTasks is a question of tasks.
func inTasks(key string) Question { return Question{"tasks", key} }

// A lesson is done when all was run and answered, and not when its pages
// were turned.
func TestDoneIsRunAndAnswered(t *testing.T) {
	t.Parallel()
	course := Course{
		Lesson: "tasks", Pages: 4, Runs: []string{"sequential concurrent", "concurrent a=1s"},
		Predictions: []string{"both", "in-python"}, Quiz: []string{"order"},
	}
	runs := func(s *State) { s.RanAt("tasks", "sequential concurrent"); s.RanAt("tasks", "concurrent a=1s") }
	answers := func(s *State) {
		s.Predict(Prediction{Question: inTasks("both"), Given: "2 s", At: monday})
		s.Predict(Prediction{Question: inTasks("in-python"), Given: "2 s", At: monday})
		s.Answer(Answer{Question: inTasks("order"), Right: false, At: monday})
	}
	reads := func(s *State) {
		for page := range 4 {
			s.ReadPage("tasks", page+1, monday)
		}
		s.Finish("tasks", monday)
	}
	for _, test := range []struct {
		name  string
		did   []func(*State)
		where string
		toDo  string
	}{
		{"nothing", nil, "not begun", "2 runs and 3 answers"},
		{"some pages", []func(*State){func(s *State) { s.ReadPage("tasks", 3, monday) }}, "page 3 of 4", "2 runs and 3 answers"},
		{"paged through", []func(*State){reads}, "read", "2 runs and 3 answers"},
		{"ran all, answered nothing", []func(*State){reads, runs}, "read", "3 answers"},
		{"answered all, ran nothing", []func(*State){reads, answers}, "read", "2 runs"},
		{"ran one place twice", []func(*State){reads, answers, func(s *State) {
			s.RanAt("tasks", "concurrent a=1s")
			s.RanAt("tasks", "concurrent a=1s")
		}}, "read", "1 run"},
		{"a place that is gone", []func(*State){reads, answers, func(s *State) { s.RanAt("tasks", "gone") }}, "read", "2 runs"},
		{"all", []func(*State){reads, runs, answers}, "done", ""},
		{"all but the last page", []func(*State){runs, answers}, "done", ""},
		{"a question that could not be asked", []func(*State){reads, runs, func(s *State) {
			s.Predict(Prediction{Question: inTasks("both"), Given: "2 s", At: monday})
			s.CannotAsk(inTasks("in-python"))
			s.Answer(Answer{Question: inTasks("order"), Right: true, At: monday})
		}}, "done", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var s State
			for _, did := range test.did {
				did(&s)
			}
			place := recoded(t, &s).Place(course)
			if place.Where() != test.where || place.ToDo() != test.toDo || place.Done != (test.where == "done") {
				t.Errorf("%q, %q to go: %+v", place.Where(), place.ToDo(), place)
			}
		})
	}
}

// What was finished before it was noted what had been run was read.
func TestAFileOfVersion1IsRead(t *testing.T) {
	t.Parallel()
	s, err := Decode([]byte(`{"version":1,"lessons":{"tasks":{"pages_read":[1,2],"page":2,"at":"2026-03-02T09:00:00Z","finished":"2026-03-02T09:10:00Z"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	place := s.Place(Course{Lesson: "tasks", Pages: 2, Runs: []string{"concurrent"}})
	if diff := cmp.Diff(Place{Lesson: "tasks", Begun: true, Read: true, Page: 2, Pages: 2, Runs: 1}, place); diff != "" {
		t.Error(diff)
	}
	if s.Empty() {
		t.Error("who has read something is taken for new")
	}
}

func TestOnlyWhoHasDoneNothingIsNew(t *testing.T) {
	t.Parallel()
	for name, did := range map[string]func(*State){
		"seen it":   func(s *State) { s.Welcome(monday) },
		"read":      func(s *State) { s.ReadPage("tasks", 1, monday) },
		"ran":       func(s *State) { s.Ran(Run{Lesson: "tasks", At: monday}) },
		"answered":  func(s *State) { s.Answer(answer("order", true, monday)) },
		"predicted": func(s *State) { s.Predict(Prediction{Question: inTasks("both"), At: monday}) },
	} {
		var s State
		if !s.Empty() {
			t.Error("nobody is new")
		}
		if did(&s); recoded(t, &s).Empty() {
			t.Errorf("%s: taken for new", name)
		}
	}
	var first, second State
	first.Welcome(monday)
	second.Welcome(monday.Add(time.Hour))
	second.Merge(&first)
	if !second.Welcomed.Equal(monday) {
		t.Errorf("welcomed at %v", second.Welcomed)
	}
}

func TestWhatIsDueIsWhatTheLessonsStillAsk(t *testing.T) {
	t.Parallel()
	var state State
	for _, key := range []string{"order", "renamed", "leak"} {
		state.Answer(Answer{Question: inTasks(key), Given: []string{"x"}, At: monday})
	}
	courses := []Course{{Lesson: "tasks", Pages: 8, Runs: []string{"concurrent"}, Quiz: []string{"order", "leak"}}}
	report := state.Report(courses, monday)
	if diff := cmp.Diff([]Question{inTasks("leak"), inTasks("order")}, report.Due); diff != "" {
		t.Error(diff)
	}
	want := `tasks  ··········  not begun

predictions: none yet
quiz answers: 0 of 3 right
exercises: none yet
to review: 2 questions are due, see gosyncio review
`
	if diff := cmp.Diff(want, report.Text()); diff != "" {
		t.Error(diff)
	}
	state.Finish("tasks", monday)
	courses = []Course{{Lesson: "tasks", Pages: 8, Runs: []string{"concurrent"}, Quiz: []string{"order"}}}
	want = `tasks  ██████████  read, 1 run to go

predictions: none yet
quiz answers: 0 of 3 right
exercises: none yet
to review: 1 question is due, see gosyncio review
`
	if diff := cmp.Diff(want, state.Report(courses, monday).Text()); diff != "" {
		t.Error(diff)
	}
}

func TestBarOfALesson(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		place Place
		want  string
	}{
		{Place{Pages: 8}, "··········"},
		{Place{Begun: true, Page: 1, Pages: 60}, "█·········"},
		{Place{Begun: true, Page: 4, Pages: 8}, "█████·····"},
		{Place{Begun: true, Page: 8, Pages: 8}, "██████████"},
		{Place{Begun: true, Read: true, Page: 2, Pages: 8}, "██████████"},
		{Place{Begun: true, Done: true, Page: 2, Pages: 8}, "██████████"},
	} {
		if got := bar(test.place); got != test.want {
			t.Errorf("%+v: %s", test.place, got)
		}
	}
}
