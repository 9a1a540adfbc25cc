package course_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons"
	"gosyncio/runner/course"
)

// Each lesson offers its exercises on one page: at least one, and those of the
// article at least two.
func TestEachLessonOffersItsExercises(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, lesson := range lessons.All() {
		loaded, err := course.Load(lesson.ID)
		if err != nil {
			t.Fatal(err)
		}
		var offered [][]string
		for _, page := range loaded.Text.Pages {
			if made, ok := page.Make(); ok {
				offered = append(offered, made.Exercises)
			}
		}
		least := 1
		if course.Group(lesson.ID) == course.GroupArticle {
			least = 2
		}
		if diff := cmp.Diff([][]string{lesson.Exercises}, offered); diff != "" || len(lesson.Exercises) < least {
			t.Errorf("%s: exercises (-) and what pages offer (+):\n%s", lesson.ID, diff)
		}
		for _, name := range lesson.Exercises {
			if other, ok := seen[name]; ok {
				t.Errorf("%s and %s have an exercise %s", other, lesson.ID, name)
			}
			seen[name] = lesson.ID
		}
	}
}
