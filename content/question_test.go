package content_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
)

// asking is a lesson that asks, with all that a question may have. Its
// first page is at line 9.
const asking = front + `
## Run both

Guess first.

` + "```predict" + `
id: longest
question: How long does ` + "`concurrent`" + ` take?
variant: concurrent
measure: time
answers:
  - is: max(a, b)
    right: true
    why: The waits overlap.
  - is: 2
    why: "Not: always."
` + "```" + `
` + "```run" + `
variants: [sequential, concurrent]
with: both
` + "```" + `

## Count

` + "```predict" + `
# a comment
id: how-many-2
question: How many lines say World?
variant: forgotten
language: python
measure: count
of: "...World!"
answers:
- {is: 3, why: One each.}
- {is: 0, why: Nobody waits., right: true}
` + "```" + `

` + "```run" + `
variants: [forgotten]
with: python
` + "```" + `

## Before you go on

The end.

**In one line:** a *coroutine* does nothing until
it is awaited; ` + "`go`" + ` starts at once.

` + "```quiz" + `
- id: handle
  question: What does it give you back?
  answers:
    - is: A Task
      why: That is create_task.
    - is: Nothing
      right: true
      why: There is none.
-
  id: all
  question: Which hold?
  answers:
    - {is: One, right: true, why: Yes.}
    - {is: Two, right: true, why: Yes.}
    - {is: Three, right: false, why: No.}
- id: last
  question: Which?
  answers:
    - {is: yes, right: true, why: Yes.}
    - {is: no, why: No.}
` + "```" + `
`

func TestParseQuestions(t *testing.T) {
	t.Parallel()
	lesson, err := content.Parse("lesson.md", []byte(asking))
	if err != nil {
		t.Fatal(err)
	}
	predicts := []content.Predict{
		{Line: 13, ID: "longest", Question: "How long does `concurrent` take?", Variant: "concurrent",
			Language: "go", Measure: content.MeasureTime, Answers: []content.Answer{
				{Line: 19, Is: "max(a, b)", Right: true, Why: "The waits overlap."},
				{Line: 22, Is: "2", Why: "Not: always."},
			}},
		{Line: 32, ID: "how-many-2", Question: "How many lines say World?", Variant: "forgotten",
			Language: "python", Measure: content.MeasureCount, Of: "...World!", Answers: []content.Answer{
				{Line: 41, Is: "3", Why: "One each."},
				{Line: 42, Is: "0", Right: true, Why: "Nobody waits."},
			}},
	}
	runs := []content.Run{
		{Line: 25, Variants: []string{"sequential", "concurrent"}, With: "both"},
		{Line: 45, Variants: []string{"forgotten"}, With: "python"},
	}
	for i, want := range predicts {
		page := lesson.Pages[i]
		got, ok := page.Predict()
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Errorf("predict (-want +got), %v:\n%s", ok, diff)
		}
		if diff := cmp.Diff([]content.Block{want, runs[i]}, page.Blocks[len(page.Blocks)-2:]); diff != "" {
			t.Errorf("end of page %d (-want +got):\n%s", i+1, diff)
		}
	}
	quiz, ok := lesson.Quiz()
	want := content.Quiz{Line: 57, Questions: []content.Question{
		{Line: 58, ID: "handle", Question: "What does it give you back?", Answers: []content.Answer{
			{Line: 61, Is: "A Task", Why: "That is create_task."},
			{Line: 63, Is: "Nothing", Right: true, Why: "There is none."},
		}},
		{Line: 67, ID: "all", Question: "Which hold?", Answers: []content.Answer{
			{Line: 70, Is: "One", Right: true, Why: "Yes."},
			{Line: 71, Is: "Two", Right: true, Why: "Yes."},
			{Line: 72, Is: "Three", Why: "No."},
		}},
		{Line: 73, ID: "last", Question: "Which?", Answers: []content.Answer{
			{Line: 76, Is: "yes", Right: true, Why: "Yes."},
			{Line: 77, Is: "no", Why: "No."},
		}},
	}}
	if diff := cmp.Diff(want, quiz); diff != "" || !ok {
		t.Errorf("quiz (-want +got), %v:\n%s", ok, diff)
	}
	for i, several := range []bool{false, true, false} {
		if got := quiz.Questions[i].Several(); got != several {
			t.Errorf("several answers of question %d are right: %v, want %v", i+1, got, several)
		}
	}
	if want := "a *coroutine* does nothing until it is awaited; `go` starts at once."; lesson.Remember != want {
		t.Errorf("to remember: %q, want %q", lesson.Remember, want)
	}
}

func TestNothingIsAskedWhereNothingIsWritten(t *testing.T) {
	t.Parallel()
	lesson, err := content.Parse("lesson.md", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	if quiz, ok := lesson.Quiz(); ok {
		t.Errorf("quiz %+v", quiz)
	}
	for _, page := range lesson.Pages {
		if predict, ok := page.Predict(); ok {
			t.Errorf("predict %+v", predict)
		}
	}
	if quiz, ok := (content.Lesson{}).Quiz(); ok {
		t.Errorf("quiz of the empty lesson: %+v", quiz)
	}
}
