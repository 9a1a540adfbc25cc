package progress

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSummaryOfAClass(t *testing.T) {
	folder := t.TempDir()
	predict := func(s *State, key string, right ...bool) {
		for i, r := range right {
			s.Predict(Prediction{Question: Question{"tasks", key}, Right: r, At: monday.Add(time.Duration(i) * time.Hour)})
		}
	}
	anna, ben, cleo := diligent(), new(State), new(State) // anna: how-long and leak wrong, order right
	ben.ReadPage("tasks", 1, monday)
	ben.ReadPage("tasks", 2, monday)
	ben.ReadPage("tasks", 1, monday)
	predict(ben, "how-long", false, true) // knowing better does not count
	predict(ben, "sum", true, false)
	ben.Answer(answer("order", false, monday))
	predict(cleo, "how-long", true)
	predict(cleo, "sum", false)
	for _, kind := range []string{"race", "slow", "race"} {
		anna.Try("order", kind, false, monday)
	}
	anna.Try("order", "solved", true, monday)
	cleo.Try("order", "slow", false, monday)
	cleo.Try("gone", "slow", false, monday)

	var learners []Learner
	for name, s := range map[string]*State{"anna": anna, "ben": ben, "cleo": cleo} {
		if err := Export(filepath.Join(folder, name+".json"), s); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"anna", "ben", "cleo"} {
		learner, err := ReadLearner(filepath.Join(folder, name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		learners = append(learners, learner)
	}
	gather := Place{Lesson: "gather", Pages: 5}
	want := Summary{
		Learners: []Standing{
			{"anna", []Place{{Lesson: "tasks", Begun: true, Done: true, Page: 2, Pages: 6, Read: true}, gather}},
			{"ben", []Place{{Lesson: "tasks", Begun: true, Page: 2, Pages: 6}, gather}},
			{"cleo", []Place{{Lesson: "tasks", Pages: 6}, gather}},
		},
		Predictions: []Tally{
			{Question{"tasks", "how-long"}, 3, 2},
			{Question{"tasks", "sum"}, 2, 1},
		},
		Questions: []Tally{
			{Question{"tasks", "leak"}, 1, 1},
			{Question{"tasks", "order"}, 2, 1},
		},
		Exercises: []ExerciseTally{
			{Lesson: "gather", Exercise: "order", Begun: 2, Solved: 1, Tries: 5, Verdicts: map[string]int{"race": 2, "slow": 2}},
		},
	}
	if diff := cmp.Diff(want, Summarise(learners, []Course{{Lesson: "tasks", Pages: 6}, {Lesson: "gather", Pages: 5, Exercises: []string{"order", "group"}}})); diff != "" {
		t.Error(diff)
	}
}

func TestALessonThatHasBecomeShorter(t *testing.T) {
	want := Place{Lesson: "tasks", Begun: true, Done: true, Page: 1, Pages: 1, Read: true}
	if diff := cmp.Diff(want, diligent().Place(Course{Lesson: "tasks", Pages: 1})); diff != "" {
		t.Error(diff)
	}
}
