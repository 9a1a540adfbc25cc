package course_test

import (
	"slices"
	"testing"

	"gosyncio/lessons"
	"gosyncio/runner/findings"
	"gosyncio/runner/plan"
)

// mistaken are the variants that show a mistake which a learner's own program
// would be told of.
var mistaken = map[string][]string{"yours": {"script"}}

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
			var names []string
			for _, v := range lesson.Variants {
				if v.Run != nil && !slices.Contains(mistaken[lesson.ID], v.Name) {
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
