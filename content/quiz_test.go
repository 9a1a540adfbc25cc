package content_test

import (
	"strings"
	"testing"

	"gosyncio/content"
)

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
	t.Parallel()
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
			t.Parallel()
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
