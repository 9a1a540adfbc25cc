package content_test

import (
	"strings"
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

// The lines of a good predict: from the opening of its fence at line 10
// to the run at line 24.
const (
	goodPredict = "id: longest\nquestion: How long?\nvariant: b\nlanguage: go\nmeasure: time\nanswers:\n" +
		"  - is: max(a, b)\n    right: true\n    why: They overlap.\n" +
		"  - is: a + b\n    why: They overlap.\n"
	aRun = "variants: [sequential, b]\nwith: both"
)

// predictPage is a page with that predict and that run.
func predictPage(predict, run string) string {
	return "## Page\n\n" + fenced("predict", strings.TrimSuffix(predict, "\n")) + fenced("run", run)
}

// swap is text with old, which is there, replaced by new.
func swap(t *testing.T, text, old, new string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("no %q in %q", old, text)
	}
	return strings.Replace(text, old, new, 1)
}

func TestParseRefusesPredicts(t *testing.T) {
	long := strings.Repeat("ö", 141)
	// old stands in goodPredict and is replaced by new.
	tests := []struct{ name, old, new, want string }{
		{"no mapping", goodPredict, "longest\n", "10: predict must be lines of `key: value`"},
		{"an unknown key", "variant: b", "variant: b\nhint: x", `14: predict: unknown field "hint"`},
		{"a key twice", "variant: b", "variant: b\nvariant: c", `14: predict: mapping key "variant" already defined`},
		{"no id", "id: longest\n", "", "10: predict lacks id"},
		{"an empty id", "id: longest", "id:", "11: id is empty"},
		{"an id with a space", "id: longest", "id: the longest", `11: id is "the longest"; write small letters`},
		{"an id with a capital", "id: longest", "id: Longest", `11: id is "Longest"; write small letters`},
		{"a long id", "id: longest", "id: " + strings.Repeat("x", 41), "11: id has 41 characters; at most 40"},
		{"no question", "question: How long?\n", "", "10: predict lacks question"},
		{"an empty question", "How long?", "''", "12: question is empty"},
		{"a long question", "How long?", long, "12: question has 141 characters; at most 140"},
		{"a question of two lines", "How long?", `"How\nlong?"`, "12: control character U+000A in question"},
		{"no variant", "variant: b\n", "", "10: predict lacks variant"},
		{"a variant that does not run", "variant: b", "variant: c", "10: predict asks about variant c, which the run at line 23 lacks"},
		{"an unknown language", "language: go", "language: rust", `14: language is "rust"; allowed are go and python`},
		{"both languages", "language: go", "language: both", `14: language is "both"; allowed are go and python`},
		{"an empty language", "language: go", "language:", `14: language is ""; allowed are go and python`},
		{"no measure", "measure: time\n", "", "10: predict lacks measure"},
		{"an unknown measure", "measure: time", "measure: memory", `15: measure is "memory"; allowed are time, speedup, count, number, first line and last line`},
		{"a count of nothing", "measure: time", "measure: count", "10: predict lacks of"},
		{"a number of nothing", "measure: time", "measure: number\nof: ''", "16: of is empty"},
		{"a time of something", "measure: time", "measure: time\nof: x", "16: of goes with count and number only; measure is time"},
		{"a first line of something", "measure: time", "measure: first line\nof: x", "16: of goes with count and number only"},
		{"no answers", goodPredict[strings.Index(goodPredict, "answers"):], "", "10: predict lacks answers"},
		{"answers that are no list", goodPredict[strings.Index(goodPredict, "answers"):], "answers: a + b\n", "16: answers must be a list"},
		{"empty answers", goodPredict[strings.Index(goodPredict, "answers"):], "answers:\n", "16: answers must be a list"},
		{"one answer", "  - is: a + b\n    why: They overlap.\n", "", "16: predict has 1 answers; it must have 2 to 5"},
		{"six answers", "  - is: a + b", "  - {is: 1, why: x}\n  - {is: 2, why: x}\n  - {is: 3, why: x}\n  - {is: 4, why: x}\n  - is: a + b", "16: predict has 6 answers; it must have 2 to 5"},
		{"an answer that is no mapping", "  - is: a + b", "  - 2\n  - is: a + b", "20: answer must be lines of `key: value`"},
		{"an answer that is nothing", "  - is: a + b", "  -\n  - is: a + b", "20: answer must be lines of `key: value`"},
		{"an answer with an anchor", "  - is: a + b", "  - &x {is: 2, why: x}\n  - is: a + b", "20: answer must be lines of `key: value`"},
		{"an answer with an unknown key", "right: true", "true: right", `18: answer: unknown field "true"`},
		{"an answer without is", "  - is: a + b\n    why", "  - why", "20: answer lacks is"},
		{"an answer without why", "    right: true\n    why: They overlap.\n", "    right: true\n", "17: answer lacks why"},
		{"an answer with an empty is", "is: a + b", "is:", "20: is is empty"},
		{"an answer with an empty why", "why: They overlap.", "why: ' '", "19: why is empty"},
		{"an answer with a long is", "is: a + b", "is: " + strings.Repeat("a+", 35) + "b", "20: is has 71 characters; at most 70"},
		{"an answer with a long why", "They overlap.", long[:2*111], "19: why has 111 characters; at most 110"},
		{"an answer with a list", "is: a + b", "is: [a]", "20: answer: cannot unmarshal"},
		{"an answer that is rather right", "right: true", "right: rather", "18: answer: cannot unmarshal"},
		{"an answer twice", "is: a + b", "is: max(a, b)", `20: answer "max(a, b)" is that of line 17`},
		{"no right answer", "right: true", "right: false", "16: 0 answers are right; a predict has one"},
		{"two right answers", "  - is: a + b", "  - right: true\n    is: a + b", "16: 2 answers are right; a predict has one"},
		{"a broken formula", "is: a + b", "is: a +", `20: formula "a +": expected operand`},
		{"a formula of another kind", "is: a + b", "is: a % b", `20: formula "a % b": allowed are numbers, names`},
		{"a broken text", "measure: time", "measure: first line\n# {", ""},
		{"broken YAML", "measure: time", "measure: [", "18: predict: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			body := predictPage(swap(t, goodPredict, test.old, test.new), aRun)
			_, err := content.Parse("x/lesson.md", []byte(front+body+ending))
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantMistake(t, err, "x/lesson.md:"+test.want)
		})
	}
}

// ending is a last page that a lesson may have.
const ending = "\n## End\n\n**In one line:** it ends.\n"

func TestParseRefusesPredictsInTheWrongPlace(t *testing.T) {
	predict := fenced("predict", strings.TrimSuffix(goodPredict, "\n")) // 13 lines
	speedup := strings.Replace(goodPredict, "time", "speedup", 1)
	python := strings.Replace(goodPredict, "language: go", "language: python", 1)
	template := strings.NewReplacer("time", "last line", "max(a, b)", `"{a}"`, "a + b", `"A {"`).Replace(goodPredict)
	tests := []struct{ name, body, want string }{
		{"good", predictPage(goodPredict, aRun), ""},
		{"a page without a run", "## Page\n\n" + predict, "10: a predict must stand directly before the run"},
		{"a page without a run before another", "## Page\n\n" + predict + "\n## Run\n\n" + fenced("run", aRun), "10: a predict must stand directly before the run"},
		{"text before the run", "## Page\n\n" + predict + "\nText.\n\n" + fenced("run", aRun), "10: a predict must stand directly before the run"},
		{"code before the run", "## Page\n\n" + predict + fenced("compare", "variant: a") + fenced("run", aRun), "10: a predict must stand directly before the run"},
		{"two before a run", "## Page\n\n" + predict + predict + fenced("run", aRun), "10: a predict must stand directly before the run"},
		{"after the run", "## Page\n\n" + fenced("run", aRun) + predict, "14: the run at line 10 must end its page"},
		{"in a list", "## Page\n\n- one\n\n  ```predict\n  id: a\n  ```\n", "12: a predict fence stands by itself"},
		{"empty", "## Page\n\n" + fenced("predict", ""), "10: predict fence is empty"},

		{"a speedup", predictPage(speedup, aRun), ""},
		{"a speedup without sequential", predictPage(speedup, "variants: [b]"), "10: predict asks for a speedup, and the run at line 23 lacks sequential"},
		{"a speedup of sequential", predictPage(strings.Replace(speedup, "variant: b", "variant: sequential", 1), aRun), "10: predict asks how much sooner sequential is than itself"},
		{"Go of a run with Python", predictPage(goodPredict, "variants: [b]\nwith: python"), "10: predict asks about go, and the run at line 23 is with python"},
		{"Python of a run with Go", predictPage(python, "variants: [b]\nwith: go"), "10: predict asks about python, and the run at line 23 is with go"},
		{"Python of a run with both", predictPage(python, "variants: [b]\nwith: both"), ""},
		{"Python of any run", predictPage(python, "variants: [b]"), ""},
		{"a text with an open brace", predictPage(template, aRun), `20: text "A {": { without a name`},
		{"an unknown with", predictPage(goodPredict, "variants: [b]\nwith: rust"), `25: with is "rust"; allowed are go, python and both`},
		{"an empty with", predictPage(goodPredict, "variants: [b]\nwith:"), `25: with is ""; allowed are go, python and both`},
		{"an id twice", predictPage(goodPredict, aRun) + "\n" + strings.Replace(predictPage(goodPredict, aRun), "Page", "Other", 1), "30: id longest is that of the question at line 10"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := content.Parse("x/lesson.md", []byte(front+test.body+ending))
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantMistake(t, err, "x/lesson.md:"+test.want)
		})
	}
}

// quizPage is a last page with that quiz; its fence is at line 12.
func quizPage(quiz string) string {
	return "## Page\n\n**In one line:** it ends.\n\n" + fenced("quiz", strings.TrimSuffix(quiz, "\n"))
}

// oneMore is a good question of five lines.
func oneMore(id string) string {
	return "- id: " + id + "\n  question: Which?\n  answers:\n" +
		"    - {is: One, right: true, why: Yes.}\n    - {is: Two, why: No.}\n"
}

func TestParseRefusesQuizzes(t *testing.T) {
	three := oneMore("a") + oneMore("b") + oneMore("c")
	long := strings.Repeat("ö", 161)
	tests := []struct{ name, quiz, want string }{
		{"good", three, ""},
		{"five questions", three + oneMore("d") + oneMore("e"), ""},
		{"two questions", oneMore("a") + oneMore("b"), "12: quiz has 2 questions; it must have 3 to 5"},
		{"six questions", three + oneMore("d") + oneMore("e") + oneMore("f"), "12: quiz has 6 questions; it must have 3 to 5"},
		{"no list", "id: a\nquestion: b", "12: quiz must be a list"},
		{"a comment", "# nothing", "12: quiz"},
		{"two documents", three + "---\n" + oneMore("d"), "12: quiz is empty or several documents"},
		{"a question that is no mapping", three + "- Which?\n", "28: question must be lines of `key: value`"},
		{"an unknown key", three + "- id: d\n  hint: x\n", `29: question: unknown field "hint"`},
		{"a key twice", three + "- id: d\n  id: e\n", `29: quiz: mapping key "id" already defined`},
		{"no id", three + "- question: Which?\n", "28: question lacks id"},
		{"a wrong id", three + "- id: a_b\n", `28: id is "a_b"; write small letters`},
		{"no question", three + "- id: d\n", "28: question lacks question"},
		{"an empty question", three + "- id: d\n  question:\n", "29: question is empty"},
		{"a long question", three + "- id: d\n  question: " + long[:2*141] + "\n", "29: question has 141 characters; at most 140"},
		{"no answers", three + "- id: d\n  question: Which?\n", "28: question lacks answers"},
		{"one answer", three + strings.Replace(oneMore("d"), "    - {is: Two, why: No.}\n", "", 1), "30: question has 1 answers; it must have 2 to 5"},
		{"six answers", three + oneMore("d") + "    - {is: 3, why: x}\n    - {is: 4, why: x}\n    - {is: 5, why: x}\n    - {is: 6, why: x}\n", "30: question has 6 answers; it must have 2 to 5"},
		{"no right answer", three + strings.Replace(oneMore("d"), "right: true, ", "", 1), "30: no answer is right"},
		{"no wrong answer", three + strings.Replace(oneMore("d"), "Two,", "Two, right: true,", 1), "30: no answer is wrong"},
		{"an answer twice", three + strings.Replace(oneMore("d"), "Two", "One", 1), `32: answer "One" is that of line 31`},
		{"an answer without why", three + strings.Replace(oneMore("d"), ", why: No.", "", 1), "32: answer lacks why"},
		{"an answer with a long is", three + strings.Replace(oneMore("d"), "Two", long[:2*71], 1), "32: is has 71 characters; at most 70"},
		{"an answer with a long why", three + strings.Replace(oneMore("d"), "No.", long, 1), "32: why has 161 characters; at most 160"},
		{"a text that begins with a backtick", three + strings.Replace(oneMore("d"), "Which?", "`go`?", 1), "29: quiz: '`' is a reserved character"},
		{"an id twice", three + oneMore("b"), "28: id b is that of the question at line 18"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := content.Parse("x/lesson.md", []byte(front+quizPage(test.quiz)))
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantMistake(t, err, "x/lesson.md:"+test.want)
		})
	}
}

func TestParseRefusesEndings(t *testing.T) {
	quiz := fenced("quiz", strings.TrimSuffix(oneMore("a")+oneMore("b")+oneMore("c"), "\n")) // 17 lines
	const remember = "**In one line:** it ends.\n\n"
	run, compare := fenced("run", "variants: [a]"), fenced("compare", "variant: a")
	tests := []struct{ name, body, want string }{
		{"a quiz before the last page", "## Page\n\n" + quiz + ending, "10: a quiz must end the last page"},
		{"text after a quiz", "## Page\n\n" + quiz + "\nText.\n", "28: the quiz at line 10 must end the lesson"},
		{"a run after a quiz", "## Page\n\n" + quiz + run, "27: the quiz at line 10 must end the lesson"},
		{"two quizzes", "## Page\n\n" + quiz + quiz, "27: the quiz at line 10 must end the lesson"},
		{"a quiz after a run", "## Page\n\n" + run + quiz, "13: the run at line 10 must end its page"},
		{"a quiz in a quotation", "## Page\n\n> ```quiz\n> - id: a\n> ```\n", "10: a quiz fence stands by itself"},
		{"the id of a predict in the quiz", predictPage(strings.Replace(goodPredict, "longest", "b", 1), aRun) +
			"\n## End\n\n" + remember + quiz, "38: id b is that of the question at line 10"},

		{"nothing to remember", "## Page\n\nText.\n", "8: the last page does not end with a paragraph that begins **In one line:**"},
		{"nothing to remember before a quiz", "## Page\n\n" + quiz, "8: the last page does not end with a paragraph"},
		{"the line on another page", "## Page\n\n" + remember + "## End\n\nText.\n", "12: the last page does not end with a paragraph"},
		{"text after the line", "## Page\n\n" + remember + "Text.\n", "10: the paragraph that begins **In one line:** must be the last"},
		{"a list after the line", "## Page\n\n" + remember + "- one\n- two\n\n" + quiz, "10: the paragraph that begins **In one line:** must be the last"},
		{"console after the line", "## Page\n\n" + remember + fenced("console", "gosyncio"), "10: the paragraph that begins **In one line:** must be the last"},
		{"the line in a list", "## Page\n\n- **In one line:** it ends.\n", "8: the last page does not end with a paragraph"},
		{"the line in other words", "## Page\n\n**In short:** it ends.\n", "8: the last page does not end with a paragraph"},
		{"the line left empty", "## Page\n\n**In one line:**\n", "10: nothing follows **In one line:**"},

		{"the line before a run", "## Page\n\n" + remember + run, ""},
		{"the line before code", "## Page\n\n" + remember + compare, ""},
		{"the line before a quiz", "## Page\n\nText.\n\n" + remember + quiz, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := content.Parse("x/lesson.md", []byte(front+test.body))
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantMistake(t, err, "x/lesson.md:"+test.want)
		})
	}
}
