package content_test

import (
	"strings"
	"testing"

	"gosyncio/content"
)

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
	t.Parallel()
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
		{"an unknown measure", "measure: time", "measure: memory", `15: measure is "memory"; allowed are time, cpu, speedup, bars, count, before, number, share, first line and last line`},
		{"a count of nothing", "measure: time", "measure: count", "10: predict lacks of"},
		{"a place before nothing", "measure: time", "measure: before", "10: predict lacks of"},
		{"a number of nothing", "measure: time", "measure: number\nof: ''", "16: of is empty"},
		{"an answer that is no share", "measure: time", "measure: share\nof: x", `18: a share is none, some or all, not "max(a, b)"`},
		{"a time of something", "measure: time", "measure: time\nof: x", "16: of goes with count, before, number and share only; measure is time"},
		{"a first line of something", "measure: time", "measure: first line\nof: x", "16: of goes with count, before, number and share only"},
		{"no answers", goodPredict[strings.Index(goodPredict, "answers"):], "", "10: predict lacks answers"},
		{"answers that are no list", goodPredict[strings.Index(goodPredict, "answers"):], "answers: a + b\n", "16: answers must be a list"},
		{"empty answers", goodPredict[strings.Index(goodPredict, "answers"):], "answers:\n", "16: answers must be a list"},
		{"one answer", "  - is: a + b\n    why: They overlap.\n", "", "16: predict has 1 answers; it must have 2 to 5"},
		{"six answers", "  - is: a + b", "  - {is: 1, why: x}\n  - {is: 2, why: x}\n  - {is: 3, why: x}\n  - {is: 4, why: x}\n  - is: a + b", "16: predict has 6 answers; it must have 2 to 5"},
		{"an answer that is no mapping", "  - is: a + b", "  - 2\n  - is: a + b", "20: answer must be lines of `key: value`"},
		{"an answer that is nothing", "  - is: a + b", "  -\n  - is: a + b", "20: answer must be lines of `key: value`"},
		{"an answer with a tag", "  - is: a + b", "  - !00 {is: 2, why: x}\n  - is: a + b", "20: predict: the tag !00 has no meaning here"},
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
			t.Parallel()
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
	t.Parallel()
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
		{"a speedup of sequential", predictPage(strings.Replace(speedup, "variant: b", "variant: sequential", 1), aRun), "10: predict asks how much faster sequential is than itself"},
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
			t.Parallel()
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
