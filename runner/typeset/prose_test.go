package typeset

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

func TestProseSetsBlocks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, markdown, want string }{
		{"a list in a numbered one", "9. a\n10. b\n    - c\n      d", "9. a\n10. b\n    • c d"},
		{"an empty item", "- \n- a", "•\n• a"},
		{"a list with blank lines", "- a\n\n  b\n\n- c", "• a\n\n  b\n\n• c"},
		{"a fence in a list", "- a\n  ```text\n  b\n\n\n    c\n  ```", "• a\n      b\n\n\n        c"},
		{"a quotation of several blocks", "> a\n>\n> - b\n>\n> ```text\n> c\n> ```", "│ a\n│\n│ • b\n│\n│     c"},
		{"a heading right before its text", "### a `b`\nc", "### a `b`\n\nc"},
		{"lines that the author breaks", "a\\\nb  \nc\nd", "a\nb\nc d"},
		{"backslashes and entities", "\\*a\\* &amp; \\&amp; `&amp;`", "*a* & &amp; `&amp;`"},
		{"control characters", "a\x1b[31mb\u202e\ac", "a[31mbc"},
		{"wide characters", "漢字 漢字漢字漢字漢字漢字", "漢字\n漢字漢字漢字漢字漢字"},
		{
			"lists in lists",
			"- a\n  - b\n    - c\n      - d\n        - e\n          - f g h i j k",
			"• a\n  • b\n    • c\n      • d\n        • e\n          • f g h i\n            j k",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(Prose(c.markdown, 20, false), "\n")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestProseSetsTables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, markdown, want string }{
		{
			"alignments",
			"|a|b|c|\n|:--|--:|:-:|\n|1|2|3|\n|100|200|300|",
			" a   │   b │  c\n─────┼─────┼─────\n 1   │   2 │  3\n 100 │ 200 │ 300",
		},
		{"no bars outside", "a | b\n---|---\n1 | 2\n- c", " a │ b\n───┼───\n 1 │ 2\n\n• c"},
		{"cells that would begin blocks", "|a|b|\n|-|-|\n|- 1|# 2|", " a   │ b\n─────┼─────\n - 1 │ # 2"},
		{"rows too short and too long", "|a|b|\n|-|-|\n|1|\n|1|2|3|", " a │ b\n───┼───\n 1 │\n 1 │ 2"},
		{"a bar that is text", "|a|b|\n|-|-|\n|1\\|2|3\\||", " a   │ b\n─────┼────\n 1|2 │ 3|"},
		{"an empty header", "| | b |\n|---|---|\n| 1 | 2 |", "   │ b\n───┼───\n 1 │ 2"},
		{
			"too wide",
			"| one two three | b |\n|---|---|\n| 1 | four five six seven |",
			" one two │ b\n three   │\n─────────┼──────────\n 1       │ four\n         │ five six\n         │ seven",
		},
		{"in a list", "- |a|\n  |-|\n  |b|", "•  a\n  ───\n   b"},
		{"no hyphens", "a | b\nc | d", "a | b c | d"},
		{"fewer hyphens than cells", "|a|b|\n|-|\nc", "|a|b| |-| c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(Prose(c.markdown, 20, false), "\n")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// FuzzProse looks for lines that are too wide, or that command a terminal.
func FuzzProse(f *testing.F) {
	f.Add(testdata(f, "prose.md"), 40)
	f.Add([]byte("|a|\n|-|\n"), 3)
	f.Add([]byte("\xe5\v"), 3)
	f.Fuzz(func(t *testing.T, markdown []byte, width int) {
		for _, line := range Prose(string(markdown), width, false) {
			if ansi.StringWidth(line) > width {
				t.Errorf("wider than %d: %q", width, line)
			}
			if strings.ContainsFunc(line, unicode.IsControl) {
				t.Errorf("control characters in %q", line)
			}
		}
	})
}
