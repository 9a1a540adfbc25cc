package runner

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/terminal"
)

// The window that every page fits, and the widest line of a demo.
const (
	windowColumns, windowRows = 80, 24
	demoColumns               = 68
)

// eachText calls check, in a subtest, with every lesson and its text.
func eachText(t *testing.T, check func(t *testing.T, lesson lessons.Lesson, text content.Lesson)) {
	t.Helper()
	for _, lesson := range lessons.All() {
		t.Run(lesson.ID, func(t *testing.T) {
			text, err := content.Load(lesson.ID)
			if err != nil {
				t.Fatal(err)
			}
			check(t, lesson, text)
		})
	}
}

// at is a line of a lesson's text, as an error names it.
func at(text content.Lesson, line int) string {
	return fmt.Sprintf("content/%s/lesson.md:%d", text.ID, line)
}

func TestContentHasATextForEveryLessonAndNoOther(t *testing.T) {
	ids := lessonIDs()
	slices.Sort(ids)
	if diff := cmp.Diff(ids, content.IDs()); diff != "" {
		t.Errorf("lessons (-) and content (+) differ:\n%s", diff)
	}
	if _, err := entries(); err != nil {
		t.Error(err)
	}
}

// The command below a page is the one that enter runs.
func TestAPageNamesTheLanguagesOfItsRuns(t *testing.T) {
	lesson, err := lessons.Find("tasks")
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(lesson, content.Lesson{}, false)
	for _, tt := range []struct {
		page   string
		chosen with
		want   string
	}{
		{"", withBoth, "▶ gosyncio run tasks concurrent --with both"},
		{"", withGo, "▶ gosyncio run tasks concurrent"},
		{"python", withGo, "▶ gosyncio run tasks concurrent --with python"},
		{"go", withBoth, "▶ gosyncio run tasks concurrent"},
	} {
		p := content.Page{Blocks: []content.Block{content.Run{Variants: []string{"concurrent"}, With: tt.page}}}
		lines, err := r.lines(asking(p, tt.chosen), 80)
		if err != nil || len(lines) != 1 || lines[0] != tt.want {
			t.Errorf("page %q, chosen %s: %q %v, want %q", tt.page, tt.chosen, lines, err, tt.want)
		}
	}
}

func TestContentComparesFunctionsThatExist(t *testing.T) {
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		r := newReader(lesson, text, false)
		compares := 0
		for _, p := range text.Pages {
			for _, block := range p.Blocks {
				c, ok := block.(content.Compare)
				if !ok {
					continue
				}
				compares++
				if _, err := lesson.Variant(c.Variant); err != nil {
					t.Errorf("%s: %v", at(text, c.Line), err)
				}
				python, golang, err := r.compare(c)
				if err != nil {
					t.Errorf("%s: %v", at(text, c.Line), err)
				}
				if (c.Python != content.None) != (python.Code != "") || (c.Go != content.None) != (golang.Code != "") {
					t.Errorf("%s: a side is empty that should not be, or the other way round", at(text, c.Line))
				}
			}
		}
		if compares == 0 {
			t.Errorf("content/%s/lesson.md compares nothing", text.ID)
		}
	})
}

func TestContentRunsWhatExistsAndEveryVariant(t *testing.T) {
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		var run []string
		for _, p := range text.Pages {
			for _, block := range p.Blocks {
				r, ok := block.(content.Run)
				if !ok {
					continue
				}
				if _, err := newRequest(lesson.ID, r.Variants, assignments(r), withBoth); err != nil {
					t.Errorf("%s: %v", at(text, r.Line), err)
				}
				run = append(run, r.Variants...)
			}
		}
		for _, name := range lesson.VariantNames() {
			if !slices.Contains(run, name) {
				t.Errorf("content/%s/lesson.md never runs %s", text.ID, name)
			}
		}
	})
}

// withLanguages are the languages that a run insists on.
func withLanguages(r content.Run) []string {
	switch r.With {
	case "":
		return nil
	case string(withBoth):
		return []string{"go", "python"}
	}
	return []string{r.With}
}

// exists is whether a variant can be run in a language.
func exists(variant lessons.Variant, language string, text content.Lesson) bool {
	return language == "go" && variant.Run != nil || language == "python" && text.InPython(variant.Name)
}

func TestContentRunsEveryVariantInALanguageThatHasIt(t *testing.T) {
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		for _, p := range text.Pages {
			for _, block := range p.Blocks {
				r, ok := block.(content.Run)
				if !ok {
					continue
				}
				for _, name := range r.Variants {
					variant, err := lesson.Variant(name)
					if err != nil {
						t.Errorf("%s: %v", at(text, r.Line), err)
						continue
					}
					inAny := func(language string) bool { return exists(variant, language, text) }
					if languages := withLanguages(r); languages != nil && !slices.ContainsFunc(languages, inAny) {
						t.Errorf("%s: with %s there is no variant %s", at(text, r.Line), r.With, name)
					}
				}
			}
		}
	})
}

// A predict asks about a run that there is, and its answers can be worked
// out and told apart.
func TestContentPredictsWhatARunCanDecide(t *testing.T) {
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		for _, p := range text.Pages {
			predict, ok := p.Predict()
			if !ok {
				continue
			}
			if variant, err := lesson.Variant(predict.Variant); err != nil {
				t.Errorf("%s: %v", at(text, predict.Line), err)
			} else if !exists(variant, predict.Language, text) {
				t.Errorf("%s: there is no variant %s in %s", at(text, predict.Line), predict.Variant, predict.Language)
			}
			run, ok := p.Blocks[len(p.Blocks)-1].(content.Run)
			if !ok {
				t.Fatalf("%s: a predict without a run", at(text, predict.Line))
			}
			r, err := newRequest(lesson.ID, run.Variants, assignments(run), withBoth)
			if err != nil {
				t.Errorf("%s: %v", at(text, run.Line), err)
				continue
			}
			for _, cpus := range []int{2, 8} {
				if !checkAnswers(t, text, predict, r, cpus) {
					break // the rest would be the same mistakes
				}
			}
		}
	})
}

// checkAnswers works out the answers for the settings of a run, and
// reports whether they are as they should be.
func checkAnswers(t *testing.T, text content.Lesson, predict content.Predict, r request, cpus int) (ok bool) {
	t.Helper()
	ok = true
	wrong := func(line int, format string, args ...any) {
		t.Helper()
		t.Errorf("%s: %s", at(text, line), fmt.Sprintf(format, args...))
		ok = false
	}
	names := numbers(r, cpus)
	different := map[string]bool{}
	for _, a := range predict.Answers {
		if !predict.Measure.Formulas() {
			is, err := content.Fill(a.Is, r.values.Texts())
			if err != nil {
				wrong(a.Line, "%v", err)
			}
			different[is] = true
			continue
		}
		value, err := content.Formula(a.Is, names)
		switch {
		case err != nil:
			wrong(a.Line, "%v", err)
		case value < 0:
			wrong(a.Line, "%s is %v, less than nothing, with %s", a.Is, value, r.values)
		}
		different[fmt.Sprintf("%.6g", value)] = true // what is closer is the same to a reader
	}
	if len(different) < 2 {
		wrong(predict.Line, "all answers are the same with %s on %d CPUs", r.values, cpus)
	}
	return ok
}

// numbers are the names in a formula: the settings that are numbers, with
// durations in seconds, and cpus.
func numbers(r request, cpus int) map[string]float64 {
	names := map[string]float64{"cpus": float64(cpus)}
	arguments := r.lesson.Arguments(r.values)
	for _, s := range r.lesson.Settings {
		switch v := arguments[s.Name].(type) {
		case int:
			names[s.Name] = float64(v)
		case float64:
			names[s.Name] = v
		}
	}
	return names
}

// Commands in the prose are those of the program, spelt as it wants them.
func TestContentNamesCommandsThatExist(t *testing.T) {
	eachText(t, func(t *testing.T, _ lessons.Lesson, text content.Lesson) {
		for _, p := range text.Pages {
			for _, block := range p.Blocks {
				prose, ok := block.(content.Prose)
				if !ok {
					continue
				}
				for i, line := range strings.Split(prose.Markdown, "\n") {
					if words := strings.Fields(line); len(words) > 0 && words[0] == "gosyncio" {
						if err := checkCommand(words[1:]); err != nil {
							t.Errorf("%s: %v", at(text, prose.Line+i), err)
						}
					}
				}
			}
		}
	})
}

// checkCommand does with a command line all that comes before running it.
func checkCommand(words []string) error {
	cmd, args, err := newCommand(context.Background(), terminal.Streams{}).Find(words)
	if err != nil {
		return err
	}
	if err := cmd.ParseFlags(args); err != nil {
		return err
	}
	args = cmd.Flags().Args()
	if err := cmd.ValidateArgs(args); err != nil || cmd.Name() != "run" {
		return err
	}
	set, err := cmd.Flags().GetStringArray("set")
	if err != nil {
		return err
	}
	_, err = newRequest(args[0], args[1:], set, withBoth)
	return err
}

// A page fits the window. One that shows code may be scrolled, so that the
// prose beside the code must be short. Questions are asked on a screen of
// their own.
func TestContentPagesFitAWindow(t *testing.T) {
	const proseRows = 6
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		r := newReader(lesson, text, false)
		for _, p := range text.Pages {
			checked := p
			room := windowRows - headRows - footRows
			checked.Blocks = slices.DeleteFunc(slices.Clone(p.Blocks), func(b content.Block) bool {
				switch b.(type) {
				case content.Compare:
					room = proseRows
					return true
				case content.Predict, content.Quiz:
					return true
				}
				return false
			})
			lines, err := r.lines(checked, windowColumns-2*sideMargin)
			if err != nil {
				t.Errorf("%s: %v", at(text, p.Line), err)
			}
			if len(lines) > room {
				t.Errorf("%s: page %q takes %d rows, %d are there", at(text, p.Line), p.Title, len(lines), room)
			}
			lines, err = r.lines(p, windowColumns-2*sideMargin)
			if err != nil {
				t.Errorf("%s: %v", at(text, p.Line), err)
			}
			for _, line := range lines {
				if strings.HasSuffix(line, "…") || ansi.StringWidth(line) > windowColumns-2*sideMargin {
					t.Errorf("%s: page %q: too wide: %s", at(text, p.Line), p.Title, line)
				}
			}
			head := " " + text.Title + " lesson 10 of 10 · page 8 of 8"
			if title := strings.Repeat(" ", sideMargin) + p.Title; ansi.StringWidth(title) > windowColumns || ansi.StringWidth(head) > windowColumns {
				t.Errorf("%s: the title is too long for a window", at(text, p.Line))
			}
		}
	})
}

// The folder holds the Go files (and, as everywhere, their testdata), and
// for each lesson its text and its Python, and nothing else.
func TestContentHasNoStrayFiles(t *testing.T) {
	allowed := func(name string) bool {
		dir, file := path.Split(name)
		id := strings.TrimSuffix(dir, "/")
		switch {
		case strings.HasPrefix(name, "testdata/"):
			return true
		case id == "":
			return path.Ext(file) == ".go"
		}
		return slices.Contains(lessonIDs(), id) && (file == "lesson.md" || file == id+".py")
	}
	err := fs.WalkDir(os.DirFS("../content"), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !allowed(name) {
			t.Errorf("content/%s does not belong there", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestContentIsWrittenInHouseStyle(t *testing.T) {
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		prose, err := os.ReadFile("../content/" + lesson.ID + "/lesson.md")
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{
			"content/" + lesson.ID + "/lesson.md":            string(prose),
			"content/" + lesson.ID + "/" + lesson.ID + ".py": string(text.Python),
			"lessons/" + lesson.ID + "/" + lesson.ID + ".go": strings.ReplaceAll(string(lesson.Source()), "\t", "    "),
		}
		for name, source := range files {
			for i, line := range strings.Split(source, "\n") {
				if strings.Contains(line, "—") {
					t.Errorf("%s:%d: an em dash", name, i+1)
				}
				if columns := ansi.StringWidth(line); path.Ext(name) != ".md" && columns > demoColumns {
					t.Errorf("%s:%d: %d columns, %d are allowed", name, i+1, columns, demoColumns)
				}
			}
		}
	})
}
