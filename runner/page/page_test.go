package page

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/plan"
	"gosyncio/runner/typeset"
)

// The command below a page is the one that enter runs.
func TestAPageNamesTheLanguagesOfItsRuns(t *testing.T) {
	t.Parallel()
	s := New(course.Lesson{ID: "tasks"}, false)
	for _, tt := range []struct {
		page   string
		chosen plan.Languages
		want   string
	}{
		{"", plan.Both, "▶ gosyncio run tasks concurrent --with both"},
		{"", plan.Go, "▶ gosyncio run tasks concurrent"},
		{"python", plan.Go, "▶ gosyncio run tasks concurrent --with python"},
		{"go", plan.Both, "▶ gosyncio run tasks concurrent"},
	} {
		p := content.Page{Blocks: []content.Block{content.Run{Variants: []string{"concurrent"}, With: tt.page}}}
		lines, err := s.Lines(p, View{Languages: tt.chosen}, 80)
		if err != nil || len(lines) != 1 || lines[0] != tt.want {
			t.Errorf("page %q, chosen %s: %q %v, want %q", tt.page, tt.chosen, lines, err, tt.want)
		}
	}
}

func TestPagesCompareFunctionsThatExist(t *testing.T) {
	t.Parallel()
	for _, id := range course.IDs() {
		lesson, err := course.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		s, compares := New(lesson, false), 0
		for _, p := range lesson.Text.Pages {
			for _, block := range p.Blocks {
				c, ok := block.(content.Compare)
				if !ok {
					continue
				}
				compares++
				at := fmt.Sprintf("content/%s/lesson.md:%d", id, c.Line)
				if _, err := lesson.Program.Variant(c.Variant); err != nil {
					t.Errorf("%s: %v", at, err)
				}
				python, golang, err := s.compare(c, Folded)
				if err != nil {
					t.Errorf("%s: %v", at, err)
				}
				if (c.Python != content.None) != (python.Code != "") || (c.Go != content.None) != (golang.Code != "") {
					t.Errorf("%s: a side is empty that should not be, or the other way round", at)
				}
			}
		}
		if compares == 0 {
			t.Errorf("content/%s/lesson.md compares nothing", id)
		}
	}
}

// A kind of block that nobody shows would be missing from its page.
func TestEveryKindOfBlockIsShown(t *testing.T) {
	t.Parallel()
	lesson, err := course.Load("tasks")
	if err != nil {
		t.Fatal(err)
	}
	samples := []content.Block{
		content.Prose{Markdown: "text"},
		content.Compare{Variant: "concurrent", Python: "concurrent"},
		content.Predict{Question: "How long?"},
		content.Run{Variants: []string{"concurrent"}},
		content.Quiz{Questions: []content.Question{{Question: "What?"}}},
		content.Make{Exercises: []string{"order"}},
	}
	var kinds []string
	for _, block := range samples {
		kinds = append(kinds, block.Kind())
		lines, err := New(lesson, false).Lines(content.Page{Blocks: []content.Block{block}}, View{Languages: plan.Both}, 80)
		if err != nil || len(lines) == 0 {
			t.Errorf("%s is set in %q, %v", block.Kind(), lines, err)
		}
	}
	if diff := cmp.Diff(content.Kinds(), kinds); diff != "" {
		t.Errorf("kinds of block (-) and those tried here (+):\n%s", diff)
	}
}

func TestAPageIsSplitAtEmptyLines(t *testing.T) {
	tests := []struct {
		name, lines string
		room        int
		want        []string
	}{
		{"it fits", "a b c", 3, []string{"a b c"}},
		{"at the last empty line", "a b - c d e", 4, []string{"a b", "c d e"}},
		{"exactly behind a full screen", "a b c - d", 3, []string{"a b c", "d"}},
		{"not where it would leave half a screen empty", "a - c d e f", 4, []string{"a - c d", "e f"}},
		{"several empty lines in a row", "a b c - - - d", 3, []string{"a b c", "d"}},
		{"not so that hardly anything is left", "1 2 3 4 5 6 7 8 9 a b c d e f g h", 16, []string{"1 2 3 4 5 6 7 8 9 a b c d", "e f g h"}},
		{"nor where an empty line is", "1 2 3 4 5 6 7 8 9 a - b c d e - f", 16, []string{"1 2 3 4 5 6 7 8 9 a", "b c d e - f"}},
		{"hardly anything, for there is no other place", "1 2 3 4 5 6 7 - 9 a b c d e f - g", 8, []string{"1 2 3 4 5 6 7", "9 a b c d e f", "g"}},
		{"three screens", "a b - c d - e f", 3, []string{"a b", "c d", "e f"}},
		{"one line at a time", "a b", 1, []string{"a", "b"}},
		{"between functions that stand side by side", "a b │ c d e", 4, []string{"a b", "c d e"}},
		{"the rule between them in colour", "a b c \x1b[2m│\x1b[0m d", 3, []string{"a b c", "d"}},
		{"not where only one side is empty", "a b │c d e", 3, []string{"a b │c", "d e"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := strings.Fields(tt.lines)
			for i, line := range lines {
				lines[i] = strings.Trim(line, "-")
			}
			var got []string
			for _, screen := range Screens(lines, tt.room) {
				for i, line := range screen {
					if line == "" {
						screen[i] = "-"
					}
				}
				got = append(got, strings.Join(screen, " "))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A lesson shows no function twice, in neither language, and its variants'
// own once.
func TestCodeIsShownOnceInALesson(t *testing.T) {
	t.Parallel()
	function := regexp.MustCompile(`(?m)^(?:async )?(?:def|class) \w+|^func (?:\([^)]*\) )?\w+`)
	for _, id := range course.IDs() {
		lesson, err := course.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		s, seen := New(lesson, false), map[string]int{}
		for _, p := range lesson.Text.Pages {
			for _, block := range p.Blocks {
				c, ok := block.(content.Compare)
				if !ok {
					continue
				}
				python, golang, err := s.compare(c, Folded)
				if err != nil {
					t.Fatal(err)
				}
				for _, found := range function.FindAllString(python.Code+"\n"+golang.Code, -1) {
					if before := seen[found]; before > 0 {
						t.Errorf("content/%s/lesson.md:%d: %s is shown again, as in line %d", id, c.Line, found, before)
					}
					seen[found] = c.Line
				}
				for _, name := range c.Fold {
					inGo, _ := typeset.Go(lesson.Program.Source(), name)
					inPython, _ := typeset.Python(lesson.Text.Python, name)
					if inGo == nil && inPython == nil {
						t.Errorf("content/%s/lesson.md:%d: there is no function %s to fold", id, c.Line, name)
					}
				}
			}
		}
	}
}
