package typeset

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"gosyncio/lessons"
	"gosyncio/runner/golden"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// checkLines checks what holds for all lines: not too wide, no spaces at
// the end, no style left open, no colours but those that read well.
func checkLines(t *testing.T, lines []string, width int, colour bool) {
	t.Helper()
	styles := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	for _, line := range lines {
		text := ansi.Strip(line)
		if ansi.StringWidth(text) > width {
			t.Errorf("wider than %d: %q", width, line)
		}
		if strings.TrimRight(text, " ") != text || strings.Contains(text, "\n") {
			t.Errorf("ends in spaces: %q", line)
		}
		found := styles.FindAllString(line, -1)
		if !colour && strings.Contains(line, "\x1b") {
			t.Errorf("not plain: %q", line)
		}
		open := false
		for _, s := range found {
			open = s != reset
			switch s {
			case reset, bold, faint, green, magenta, cyan, italic:
			default:
				t.Errorf("style %q in %q", s, line)
			}
		}
		if open {
			t.Errorf("style left open: %q", line)
		}
	}
}

func TestProse(t *testing.T) {
	t.Parallel()
	markdown := string(testdata(t, "prose.md"))
	for _, colour := range []bool{true, false} {
		for _, width := range []int{40, 76, 120} {
			lines := Prose(markdown, width, colour)
			checkLines(t, lines, min(width, measure), colour)
			golden.Check(t, fmt.Sprintf("prose-%d-%s", width, colours(colour)), strings.Join(lines, "\n"))
		}
	}
}

func TestProseFitsAnyWidth(t *testing.T) {
	t.Parallel()
	markdown := string(testdata(t, "prose.md"))
	for _, colour := range []bool{true, false} {
		for _, width := range []int{0, 1, 2, 3, 5, 9, 19, 50, 75, 99} {
			lines := Prose(markdown, width, colour)
			checkLines(t, lines, width, colour)
		}
	}
}

func TestProseSaysTheSameAtAnyWidth(t *testing.T) {
	t.Parallel()
	text := "One *two* `three four`, **five**:\n\n- six seven\n  eight\n  1. nine\n\n> ten\n> eleven\n"
	want := strings.Fields("One two `three four`, five: • six seven eight 1. nine │ ten eleven")
	for _, width := range []int{14, 15, 20, 30, 60, 80} {
		lines := Prose(text, width, false)
		got := strings.Fields(strings.Join(lines, " "))
		got = append(got[:len(want)-2:len(want)-2], strings.Fields(strings.ReplaceAll(strings.Join(got[len(want)-2:], " "), "│", ""))...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%d: (-want +got)\n%s", width, diff)
		}
	}
}

func TestProseOfNothingIsNothing(t *testing.T) {
	t.Parallel()
	for _, markdown := range []string{"", "\n\n", "  \n"} {
		if lines := Prose(markdown, 80, true); len(lines) > 0 {
			t.Errorf("%q: %q", markdown, lines)
		}
	}
}

func columns(t *testing.T, lesson string) (python, golang Column) {
	t.Helper()
	code, err := Go(source(t, lesson), "Concurrent")
	if err != nil {
		t.Fatal(err)
	}
	py, err := Python(testdata(t, "tasks.py"), "concurrent")
	if err != nil {
		t.Fatal(err)
	}
	return Column{"Python", py.String(), "python"}, Column{"Go", code.String(), "go"}
}

func TestColumns(t *testing.T) {
	t.Parallel()
	left, right := columns(t, "tasks")
	for _, colour := range []bool{true, false} {
		for _, width := range []int{40, 76, 120} {
			lines := Columns(left, right, width, colour)
			checkLines(t, lines, width, colour)
			golden.Check(t, fmt.Sprintf("columns-%d-%s", width, colours(colour)), strings.Join(lines, "\n"))
		}
	}
}

func TestColumnsFitAnyWidth(t *testing.T) {
	t.Parallel()
	left, right := columns(t, "fetch")
	for _, width := range []int{0, 1, 2, 10, 60, 110, 114, 116, 160} {
		checkLines(t, Columns(left, right, width, true), width, true)
	}
}

func TestColumnsStandBesideEachOtherWhenBothFit(t *testing.T) {
	t.Parallel()
	left := Column{Code: "12345678901234567890"}
	right := Column{Code: "123\n45\n"}
	for _, c := range []struct {
		width int
		want  []string
	}{
		{26, []string{"12345678901234567890 │ 123", "                     │ 45"}},
		{25, []string{"12345678901234567890", "", "123", "45"}},
		{10, []string{"123456789…", "", "123", "45"}},
		{0, nil},
	} {
		if diff := cmp.Diff(c.want, Columns(left, right, c.width, false)); diff != "" {
			t.Errorf("%d: (-want +got)\n%s", c.width, diff)
		}
	}
}

func TestOneColumnStandsAlone(t *testing.T) {
	t.Parallel()
	one := Column{Title: "Go", Code: "a\n\tb"}
	want := []string{"Go ──", "a", "    b"}
	for _, got := range [][]string{Columns(one, Column{}, 80, false), Columns(Column{Title: "Python"}, one, 80, false)} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestHighlightOnlyAddsStyles(t *testing.T) {
	t.Parallel()
	check := func(code, language string) {
		t.Helper()
		code = strings.ReplaceAll(code, "\t", "    ")
		lines := highlight(code, language)
		got := strings.Join(render(lines, 1000, true), "\n")
		if diff := cmp.Diff(code, strings.Join(texts(lines), "\n")); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(code, ansi.Strip(got)); diff != "" {
			t.Error(diff)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if i := strings.LastIndex(line, "\x1b["); i >= 0 && !strings.HasPrefix(line[i:], reset) {
				t.Errorf("style left open: %q", line)
			}
		}
		if plain := strings.Join(render(lines, 1000, false), "\n"); plain != code {
			t.Error("without colour it is not the code")
		}
	}
	for _, l := range lessons.All() {
		check(string(l.Source()), "go")
	}
	check(program, "go")
	check(strings.TrimSpace(program), "go")
	check(string(testdata(t, "sample.py")), "python")
	check("x = '''", "python")
	check("", "go")
	check("what", "no such language")
}

func BenchmarkProse(b *testing.B) {
	markdown := string(testdata(b, "prose.md"))
	for b.Loop() {
		Prose(markdown, 76, true)
	}
}

func BenchmarkHighlight(b *testing.B) {
	code := string(testdata(b, "sample.py"))
	for b.Loop() {
		highlight(code, "python")
	}
}
