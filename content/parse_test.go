package content_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
)

const front = `---
title: Tasks
summary: two workers
asyncio: create_task
go: goroutines
minutes: 8
---
`

// whole is a lesson with everything that there is but questions. Its first
// page is at line 9.
const whole = front + `
## One *idea* and ` + "`code`" + `

First paragraph.

### A part

` + "```text" + `
## not a page
` + "```" + `

## Code

Look.

` + "```compare" + `
variant: concurrent
` + "```" + `

Between.

` + "~~~compare" + `
variant: loop
python: none
go: run
` + "~~~" + `

## Run ##

**In one line:** run it.

` + "```run" + `
# a comment
variants: [sequential, concurrent]
set: {pages: 100, latency: 1.5, name: yes, a: 2s}
` + "```" + `
`

func TestParse(t *testing.T) {
	t.Parallel()
	want := content.Lesson{
		Title: "Tasks", Summary: "two workers", Asyncio: "create_task", Go: "goroutines", Minutes: 8,
		Pages: []content.Page{
			{Title: "One idea and code", Line: 9, Blocks: []content.Block{
				content.Prose{Line: 11, Markdown: "First paragraph.\n\n### A part\n\n```text\n## not a page\n```"},
			}},
			{Title: "Code", Line: 19, Blocks: []content.Block{
				content.Prose{Line: 21, Markdown: "Look."},
				content.Compare{Line: 23, Variant: "concurrent", Python: "concurrent"},
				content.Prose{Line: 27, Markdown: "Between."},
				content.Compare{Line: 29, Variant: "loop", Python: content.None, Go: "run"},
			}},
			{Title: "Run", Line: 35, Blocks: []content.Block{
				content.Prose{Line: 37, Markdown: "**In one line:** run it."},
				content.Run{Line: 39, Variants: []string{"sequential", "concurrent"},
					Set: map[string]string{"pages": "100", "latency": "1.5", "name": "yes", "a": "2s"}},
			}},
		},
		Remember: "run it.",
	}
	for name, source := range map[string]string{
		"as Unix writes it":    whole,
		"as Windows writes it": strings.ReplaceAll(whole, "\n", "\r\n"),
		"without last newline": strings.TrimSuffix(whole, "\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := content.Parse("lesson.md", []byte(source))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("lesson (-want +got):\n%s", diff)
			}
		})
	}
}

// fenced is a fence of a kind.
func fenced(kind, body string) string { return "```" + kind + "\n" + body + "\n```\n" }

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	// Every source is the front matter, seven lines of it, then the body.
	tests := []struct{ name, body, want string }{
		{"no pages", "", "7: no pages"},
		{"only blank lines", "\n\n", "9: no pages"},
		{"text before the first page", "\nHello.\n\n## Page\n\nText.\n", "9: text before the first page"},
		{"text and no page", "\nHello.\n", "9: text before the first page"},
		{"a fence before the first page", fenced("run", "variants: [a]"), "8: text before the first page"},
		{"a heading of level 1", "## Page\n\nText.\n\n# Big\n", "12: heading of level 1"},
		{"a heading of level 4", "## Page\n\n#### Small\n", "10: heading of level 4"},
		{"an underlined heading", "## Page\n\nOther\n---\n", "10: write this heading as ##"},
		{"an indented heading", "## Page\n\nText.\n\n ## Other\n", "12: write this heading as ##"},
		{"a heading in a quotation", "## Page\n\n> ## Other\n", "10: write this heading as ##"},
		{"a heading in a list", "## Page\n\n- ### Other\n", "10: write this heading as ###"},
		{"a heading without a title", "## Page\n\nText.\n\n##\n\nText.\n", "12: heading without a title"},
		{"two pages of one title", "## Page\n\nText.\n\n## Page\n\nText.\n", `12: page "Page" has the title of the page at line 8`},
		{"an empty page", "## One\n\n## Two\n\nText.\n", `8: page "One" is empty`},
		{"an empty last page", "## One\n\nText.\n\n## Two\n", `12: page "Two" is empty`},

		{"an unnamed fence", "## Page\n\n" + fenced("", "x"), "10: fence of no kind; allowed are compare, predict, run, quiz, make, text and console; code is shown from the lesson's own files by compare"},
		{"a fence of Go", "## Page\n\n" + fenced("go", "x"), `10: fence of kind "go"; allowed are compare, predict, run, quiz, make, text and console; code is shown from the lesson's own files by compare`},
		{"a fence of Python", "## Page\n\n" + fenced("python", "x"), `10: fence of kind "python"`},
		{"a kind with more behind it", "## Page\n\n" + fenced("run now", "variants: [a]"), `10: fence of kind "run now"`},
		{"an empty fence of text", "## Page\n\n" + fenced("text", ""), "10: text fence is empty"},
		{"an empty compare", "## Page\n\n" + fenced("compare", ""), "10: compare fence is empty"},
		{"an empty run", "## Page\n\n" + fenced("run", " \n"), "10: run fence is empty"},
		{"a fence without an end", "## Page\n\n```text\nx\n", "10: text fence is not closed"},
		{"a run without an end", "## Page\n\n```run\nvariants: [a]\n\n## Other\n", "10: run fence is not closed"},
		{"a compare in a list", "## Page\n\n- one\n\n  ```compare\n  variant: a\n  ```\n", "12: a compare fence stands by itself"},
		{"a run in a quotation", "## Page\n\n> ```run\n> variants: [a]\n> ```\n", "10: a run fence stands by itself"},
		{"code by indentation", "## Page\n\nText.\n\n    x = 1\n", "12: code by indentation"},

		{"text after a run", "## Page\n\n" + fenced("run", "variants: [a]") + "\nText.\n", "14: the run at line 10 must end its page"},
		{"a compare after a run", "## Page\n\n" + fenced("run", "variants: [a]") + fenced("compare", "variant: a"), "13: the run at line 10 must end its page"},

		{"a block of HTML", "## Page\n\n<div>\nx\n</div>\n", "10: raw HTML"},
		{"a comment", "## Page\n\n<!-- note -->\n", "10: raw HTML"},
		{"HTML in a line", "## Page\n\nOne\ntwo <b>x</b>\n", "11: raw HTML"},
		{"HTML in a table", "## Page\n\n| a |\n|---|\n| <br> |\n", "12: raw HTML"},
		{"an image", "## Page\n\nOne\n![x](y.png)\n", "11: an image"},
		{"a link's definition", "## Page\n\n[x]\n\n[x]: https://go.dev\n", "12: a link's definition"},
		{"a control character", "## Page\n\nOne\n\x1b[31mred\n", "11: control character U+001B"},
		{"a tab", "## Page\n\nOne\ttwo\n", "10: control character U+0009"},
		{"a bell as an entity", "## Page\n\nOne &#7; two\n", "10: control character U+0007"},
		{"a CSI as an entity", "## Page\n\nOne &#x9b;31m two\n", "10: control character U+009B"},
		{"a mark of direction", "## Page\n\nOne \u202e two\n", "10: control character U+202E"},
		{"not UTF-8", "## Page\n\nOne \xff two\n", "10: not UTF-8"},

		{"compare without variant", "## Page\n\n" + fenced("compare", "python: a"), "10: compare lacks variant"},
		{"compare with an empty variant", "## Page\n\n" + fenced("compare", "\nvariant:"), "12: variant is empty"},
		{"compare with an empty side", "## Page\n\n" + fenced("compare", "variant: a\ngo: ''"), "12: go is empty"},
		{"compare without sides", "## Page\n\n" + fenced("compare", "variant: a\ngo: none\npython: none"), "10: compare shows neither side"},
		{"compare with an unknown key", "## Page\n\n" + fenced("compare", "variant: a\nrust: b"), `12: compare: unknown field "rust"`},
		{"compare with a key that is no text", "## Page\n\n" + fenced("compare", "variant: a\ntrue: b"), `12: compare: unknown field "true"`},
		{"compare with a merge", "## Page\n\n" + fenced("compare", "variant: a\n<<: {go: b}"), `12: compare: unknown field "<<"`},
		{"compare with a key twice", "## Page\n\n" + fenced("compare", "variant: a\nvariant: b"), `12: compare: mapping key "variant" already defined`},
		{"compare that folds no list", "## Page\n\n" + fenced("compare", "variant: a\nfold: {a: b}"), "12: compare: "},
		{"compare that folds nothing", "## Page\n\n" + fenced("compare", "variant: a\nfold: ['']"), "12: fold is empty"},
		{"compare with a list", "## Page\n\n" + fenced("compare", "variant: a\ngo: [a]"), "12: compare: cannot unmarshal"},
		{"compare that is no mapping", "## Page\n\n" + fenced("compare", "concurrent"), "10: compare must be lines of `key: value`"},
		{"compare of two documents", "## Page\n\n" + fenced("compare", "variant: a\n---\nvariant: b"), "10: compare is empty or several documents"},
		{"compare of a comment", "## Page\n\n" + fenced("compare", "# nothing"), "10: compare"},
		{"compare with a control character", "## Page\n\n" + fenced("compare", `variant: "a\e[1m"`), "11: control character U+001B in variant"},

		{"run without variants", "## Page\n\n" + fenced("run", "set: {a: 1s}"), "10: run lacks variants"},
		{"run with no variants", "## Page\n\n" + fenced("run", "set: {a: 1s}\nvariants: []"), "12: run lacks variants"},
		{"run with an empty variant", "## Page\n\n" + fenced("run", "variants: [a, '']"), "11: variants is empty"},
		{"run with a variant twice", "## Page\n\n" + fenced("run", "variants: [a, b, a]"), "11: variant a runs twice"},
		{"run with a key in quotes", "## Page\n\n" + fenced("run", "variants: [a]\n'with': rust"), `12: with is "rust"`},
		{"run with an empty set", "## Page\n\n" + fenced("run", "variants: [a]\nset: {}"), "12: set is empty"},
		{"run with an empty setting", "## Page\n\n" + fenced("run", "variants: [a]\nset: {a: }"), "12: set is empty"},
		{"run with a setting twice", "## Page\n\n" + fenced("run", "variants: [a]\nset:\n  a: 1\n  a: 2"), `14: run: mapping key "a" already defined`},
		{"run with a list in a setting", "## Page\n\n" + fenced("run", "variants: [a]\nset:\n  a: [1]"), "13: run: cannot unmarshal"},
		{"run with an unknown key", "## Page\n\n" + fenced("run", "variants: [a]\n\nsett: {a: 1}"), `13: run: unknown field "sett"`},
		{"run of broken YAML", "## Page\n\n" + fenced("run", "variants: [a]\nset: {a"), "12: run: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := content.Parse("x/lesson.md", []byte(front+test.body))
			wantMistake(t, err, "x/lesson.md:"+test.want)
		})
	}
}

func TestParseRefusesFrontMatter(t *testing.T) {
	t.Parallel()
	const page = "\n## Page\n\nText.\n"
	tests := []struct{ name, source, want string }{
		{"no source", "", "1: no front matter"},
		{"no front matter", "## Page\n\nText.\n", "1: no front matter"},
		{"no end", "---\ntitle: x\n", "1: front matter has no end"},
		{"empty", "---\n---\n" + page, "1: front matter"},
		{"no mapping", "---\nhello\n---\n" + page, "1: front matter must be lines of `key: value`"},
		{"a key missing", strings.Replace(front, "go: goroutines\n", "", 1) + page, "1: front matter lacks go"},
		{"a key empty", strings.Replace(front, "goroutines", "", 1) + page, "5: go is empty"},
		{"a key unknown", strings.Replace(front, "go:", "golang:", 1) + page, `5: front matter: unknown field "golang"`},
		{"a key twice", strings.Replace(front, "minutes: 8", "title: Other", 1) + page, `6: front matter: mapping key "title" already defined`},
		{"no minutes", strings.Replace(front, "8", "0", 1) + page, "6: minutes is 0; it must be from 1 to 60"},
		{"too many minutes", strings.Replace(front, "8", "61", 1) + page, "6: minutes is 61"},
		{"minutes in words", strings.Replace(front, "8", "eight", 1) + page, "6: front matter: cannot unmarshal"},
		{"broken YAML", strings.Replace(front, "Tasks", `"Tasks`, 1) + page, "2: front matter: "},
		{"a control character", strings.Replace(front, "Tasks", `"Ta\esks"`, 1) + page, "2: control character U+001B in title"},
		{"two lines", strings.Replace(front, "Tasks", `"Ta\nsks"`, 1) + page, "2: control character U+000A in title"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := content.Parse("x/lesson.md", []byte(test.source))
			wantMistake(t, err, "x/lesson.md:"+test.want)
		})
	}
}

// wantMistake fails unless err is one line that begins with want.
func wantMistake(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case err == nil:
		t.Fatalf("no error, want %s", want)
	case !strings.HasPrefix(err.Error(), want):
		t.Errorf("got  %v\nwant %s", err, want)
	case strings.Contains(err.Error(), "\n"):
		t.Errorf("more than one line: %q", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(front))
	f.Add([]byte(front + "## Page\n\n> ```run\n> variants: [a]\n"))
	f.Add([]byte("---\na: &x [*x]\n---\n"))
	f.Add([]byte(asking))
	f.Add([]byte(front + predictPage(goodPredict, aRun) + ending))
	f.Add([]byte(front + predictPage("answers: [&x {is: *x}, *x, !!map {}, {<<: *x}]", aRun)))
	f.Add([]byte(front + quizPage("- &x {id: a, answers: [*x, [], {}]}\n- *x\n- ? a\n")))
	for _, id := range content.IDs() {
		source, err := os.ReadFile(filepath.Join(id, "lesson.md"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(source)
	}
	place := regexp.MustCompile(`^` + regexp.QuoteMeta("x/lesson.md") + `:[1-9][0-9]*: .`)
	f.Fuzz(func(t *testing.T, source []byte) {
		lesson, err := content.Parse("x/lesson.md", source)
		switch {
		case err != nil && !place.MatchString(err.Error()):
			t.Errorf("no place in %q", err)
		case err == nil && len(lesson.Pages) == 0:
			t.Error("no error and no pages")
		case err == nil && lesson.Remember == "":
			t.Error("no error and nothing to remember")
		}
	})
}
