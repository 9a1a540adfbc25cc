package content_test

import (
	"strings"
	"testing"

	"gosyncio/content"
)

func TestParseRefusesEndings(t *testing.T) {
	t.Parallel()
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
			t.Parallel()
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
