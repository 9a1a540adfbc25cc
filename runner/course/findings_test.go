package course_test

import (
	"slices"
	"testing"

	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/findings"
	"gosyncio/runner/plan"
)

// What is said of a learner's own program is not said of those that we show as
// right.
func TestNothingIsFoundInTheLessons(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs all lessons")
	}
	t.Parallel()
	for _, lesson := range lessons.All() {
		t.Run(lesson.ID, func(t *testing.T) {
			t.Parallel()
			mistaken := lessontest.FactsOf(t, lesson.ID).Mistaken
			var names []string
			for _, v := range lesson.Variants {
				if v.Run != nil && !slices.Contains(mistaken, v.Name) {
					names = append(names, v.Name)
				}
			}
			s := played(t, request(t, lesson.ID, names, nil, plan.Go))
			for _, run := range s.Runs {
				p := findings.Program{Lanes: run.Lanes, Now: run.Status.Elapsed, Ended: true, Returned: true}
				for _, f := range findings.Find(p) {
					t.Errorf("%s: %s: %s", run.Job.Variant.Name, f.Kind, f.Message)
				}
			}
		})
	}
}
