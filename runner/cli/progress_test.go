package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/course"
	"gosyncio/runner/progress"
)

// inTasks is a question of tasks.
func inTasks(key string) progress.Question { return progress.Question{Lesson: "tasks", Key: key} }

func TestSummaryFitsTheWindow(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	texts := course.Questions{inTasks("how-long"): "How long will two workers of 2 s and 1 s take, one after the other?"}
	var learners []progress.Learner
	for _, name := range []string{"anna", "漢字 with a name that is rather long for a file"} {
		state := new(progress.State)
		for page := range 3 {
			state.ReadPage("tasks", page+1, now)
		}
		state.Predict(progress.Prediction{Question: inTasks("how-long"), At: now})
		for n := range 12 {
			state.Answer(progress.Answer{Question: inTasks(string(rune('a' + n))), At: now})
		}
		learners = append(learners, progress.Learner{Name: name, State: state})
	}
	pages := []progress.Course{{Lesson: "tasks", Pages: 8}, {Lesson: "gather", Pages: 8}}
	view := viewSummary(progress.Summarise(learners, pages), nil, texts, nil, nil)
	for _, width := range []int{1, 10, 40, 60, 80, 200} {
		for line := range strings.Lines(view.text(width)) {
			if line = strings.TrimSuffix(line, "\n"); ansi.StringWidth(line) > width || strings.HasSuffix(line, " ") {
				t.Errorf("%d columns: %q", width, line)
			}
		}
	}
	want := `2 learners

anna                  ▌·  0 of 2 done  tasks page 3 of 8
漢字 with a name th…  ▌·  0 of 2 done  tasks page 3 of 8

predictions that learners got wrong at the first try:
  2 of 2  tasks how-long  How long will two workers of 2 s …

questions that learners got wrong at the first try:
  2 of 2  tasks a
`
	text := view.text(60)
	if !strings.HasPrefix(text, want) {
		t.Error(cmp.Diff(want, text))
	}
	if !strings.Contains(text, "  2 of 2  tasks j\n  and 2 more, see --json\n") {
		t.Error(text)
	}
}

func TestSummaryOfAClassThatErrsInNothing(t *testing.T) {
	state := new(progress.State)
	state.Answer(progress.Answer{Question: inTasks("order"), Right: true})
	view := viewSummary(progress.Summarise([]progress.Learner{{Name: "anna", State: state}}, nil), nil, nil, nil, nil)
	text := view.text(0)
	for _, want := range []string{"1 learner\n", "\npredictions: none yet\n", "\nquestions: all right at the first try\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}
