package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/plan"
	"gosyncio/runner/typeset"
)

// blocks are the lesson's that show code.
func blocks(lesson course.Lesson) (all []content.Compare) {
	for _, p := range lesson.Text.Pages {
		for _, block := range p.Blocks {
			if c, ok := block.(content.Compare); ok {
				all = append(all, c)
			}
		}
	}
	return all
}

// lessons loads all lessons.
func lessons(t *testing.T) (all []course.Lesson) {
	t.Helper()
	for _, id := range course.IDs() {
		lesson, err := course.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, lesson)
	}
	return all
}

func TestWhatAPageFolds(t *testing.T) {
	t.Parallel()
	program := "package p\n\nfunc deep() {}\n\nfunc short() { deep() }\n\nfunc long() {\n" + strings.Repeat("\tprintln()\n", shortRows) +
		"}\n\nfunc Main() { short(); long() }\n\nfunc Next() { short(); other() }\n\nfunc other() {}\n"
	shown := map[pieceKey]bool{}
	folded := func(fn string, folding Folding, helpers ...string) string {
		code, err := typeset.Go([]byte(program), fn)
		if err != nil {
			t.Fatal(err)
		}
		fold(content.Compare{Fold: helpers}, nil, code, folding, shown)
		var names []string
		for _, p := range code {
			if p.Folded {
				names = append(names, p.Name)
			}
		}
		return strings.Join(names, " ")
	}
	for _, tt := range []struct {
		name, fn string
		folding  Folding
		helpers  []string
		want     string
	}{
		{"what is long, and what others use", "Main", Folded, nil, "deep long"},
		{"what was shown", "Next", Folded, nil, "deep short"},
		{"what the text names, however short", "Main", Folded, []string{"short"}, "deep short"},
		{"nothing", "Main", Open, nil, ""},
		{"only what was shown", "Next", Once, nil, "deep short Next other"},
	} {
		if got := folded(tt.fn, tt.folding, tt.helpers...); got != tt.want {
			t.Errorf("%s: %q is folded, want %q", tt.name, got, tt.want)
		}
	}
}

// Who reads a lesson at one go sees each piece once, and all of them.
func TestEachPieceIsShownOnceToWhoReadsAll(t *testing.T) {
	t.Parallel()
	for _, lesson := range lessons(t) {
		s, times := New(lesson, false), map[pieceKey]int{}
		for _, c := range blocks(lesson) {
			python, golang, err := s.code(c, Once)
			if err != nil {
				t.Fatal(err)
			}
			for language, code := range map[plan.Languages]typeset.Code{plan.Python: python, plan.Go: golang} {
				for _, p := range code {
					key := pieceKey{language, p.Name}
					times[key] += 0
					if !p.Folded {
						times[key]++
					}
				}
			}
		}
		for key, n := range times {
			if n != 1 {
				t.Errorf("%s: %s in %s is shown %d times", lesson.ID, key.name, key.language, n)
			}
		}
	}
}

// Where there is room for one language both versions have the same lines, the
// functions that the page is about begin in the same one, and nothing is cut.
func TestPagesInTurn(t *testing.T) {
	t.Parallel()
	const columns = 80
	for _, lesson := range lessons(t) {
		s := New(lesson, false)
		for _, p := range lesson.Text.Pages {
			for _, folding := range []Folding{Folded, Open} {
				at := fmt.Sprintf("content/%s/lesson.md:%d folding %d", lesson.ID, p.Line, folding)
				inGo, err := s.Sheet(p, View{Folding: folding}, Width(columns))
				if err != nil {
					t.Fatal(err)
				}
				inPython, err := s.Sheet(p, View{Folding: folding, Python: true}, Width(columns))
				if err != nil {
					t.Fatal(err)
				}
				for _, line := range append(inGo.Lines, inPython.Lines...) {
					if strings.HasSuffix(line, "…") || ansi.StringWidth(line) > Width(columns) {
						t.Errorf("%s: too wide: %s", at, line)
					}
				}
				if inGo.Other == nil {
					continue
				}
				if diff := cmp.Diff([][]string{inGo.Lines, inGo.Other}, [][]string{inPython.Other, inPython.Lines}); diff != "" {
					t.Errorf("%s: (-go first +python first)\n%s", at, diff)
				}
				if len(inGo.Lines) != len(inGo.Other) {
					t.Errorf("%s: %d lines and %d", at, len(inGo.Lines), len(inGo.Other))
				}
			}
		}
	}
}
