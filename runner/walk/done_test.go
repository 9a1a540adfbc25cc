package walk

import (
	"fmt"
	"slices"
	"testing"

	"gosyncio/runner/course"
	"gosyncio/runner/progress"
)

// What this machine cannot run or ask does not keep a lesson from being done.
func TestWithoutPythonALessonCanBeDone(t *testing.T) {
	t.Parallel()
	page := pythonsPage(t)
	d := start(t, headlessOptions{done: standsOn("database", page)}, menu)
	d.waitFor("Which lesson?")
	d.choose("database")
	d.waitFor(fmt.Sprintf("page %d of", page))
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("enter next", "r again")
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
	lesson, err := course.Load("database")
	if err != nil {
		t.Fatal(err)
	}
	onPage := lesson.ToDoOn(page - 1)
	kept := d.state()
	if p := kept.Place(onPage); p.ToDo() != "" || !slices.Equal(kept.Lessons["database"].Unasked, onPage.Predictions) {
		t.Errorf("%+v of %+v", p, onPage)
	}
}

// Who ran something without a prediction is not done with it.
func TestARunWithoutItsPredictionIsHalf(t *testing.T) {
	t.Parallel()
	d := atPage(t, 3, headlessOptions{})
	d.toPrediction()
	d.choose("(just run it)")
	d.waitFor("enter next", "r again")
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
	lesson, err := course.Load("tasks")
	if err != nil {
		t.Fatal(err)
	}
	if p := d.state().Place(lesson.ToDoOn(2)); p.ToDo() != "1 answer" {
		t.Errorf("%q is to do: %+v", p.ToDo(), p)
	}
}

// allRunsButTheLast are the places of a lesson's runs, but for the last.
func allRunsButTheLast(t *testing.T, id string) []string {
	t.Helper()
	lesson, err := course.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	places := lesson.ToDo().Runs
	return slices.Clone(places[:len(places)-1])
}

// Where the end has been reached, a lesson goes on at what is left to do,
// and else from its beginning.
func TestALessonThatWasReadGoesOnAtWhatIsLeft(t *testing.T) {
	t.Parallel()
	last := lastRunOf(t, "tasks")
	for _, test := range []struct {
		name string
		did  func(*progress.State)
		page int
	}{
		{"paged through", readsAll(t, "tasks"), 3},
		{"done", does(t, "tasks"), 1},
		{"one run is left", func(s *progress.State) {
			does(t, "tasks")(s)
			l := s.Lessons["tasks"]
			l.Ran = allRunsButTheLast(t, "tasks")
			s.Lessons["tasks"] = l
		}, last},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := start(t, headlessOptions{done: test.did}, menu)
			d.waitFor("Which lesson?")
			d.choose("tasks")
			d.waitFor(fmt.Sprintf("page %d of", test.page), "q quit")
		})
	}
}
