package course_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/cli"
	"gosyncio/runner/course"
	"gosyncio/runner/page"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
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
			t.Parallel()
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
	ids := course.IDs()
	slices.Sort(ids)
	if diff := cmp.Diff(ids, content.IDs()); diff != "" {
		t.Errorf("lessons (-) and content (+) differ:\n%s", diff)
	}
	if _, err := course.Entries(); err != nil {
		t.Error(err)
	}
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
				if _, err := plan.New(lesson.ID, r.Variants, plan.Assignments(r), plan.Both); err != nil {
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
	case string(plan.Both):
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
			r, err := plan.New(lesson.ID, run.Variants, plan.Assignments(run), plan.Both)
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
func checkAnswers(t *testing.T, text content.Lesson, predict content.Predict, r plan.Request, cpus int) (ok bool) {
	t.Helper()
	ok = true
	wrong := func(line int, format string, args ...any) {
		t.Helper()
		t.Errorf("%s: %s", at(text, line), fmt.Sprintf(format, args...))
		ok = false
	}
	names := r.Numbers(player.Go)
	names["cpus"] = float64(cpus)
	different := map[string]bool{}
	for _, a := range predict.Answers {
		if !predict.Measure.Formulas() {
			is, err := content.Fill(a.Is, r.Values.Texts())
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
			wrong(a.Line, "%s is %v, less than nothing, with %s", a.Is, value, r.Values)
		}
		different[fmt.Sprintf("%.6g", value)] = true // what is closer is the same to a reader
	}
	if len(different) < 2 {
		wrong(predict.Line, "all answers are the same with %s on %d CPUs", r.Values, cpus)
	}
	return ok
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
	cmd, args, err := cli.New(terminal.Streams{}).Find(words)
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
	_, err = plan.New(args[0], args[1:], set, plan.Both)
	return err
}

// A page fits the window. One that shows code may be scrolled, so that the
// prose beside the code must be short. Questions are asked on a screen of
// their own.
func TestContentPagesFitAWindow(t *testing.T) {
	const proseRows = 6
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		setter := page.New(course.Lesson{ID: lesson.ID, Program: lesson, Text: text}, false)
		for _, p := range text.Pages {
			checked := p
			room := page.Room(windowRows)
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
			lines, err := setter.Lines(checked, page.View{}, page.Width(windowColumns))
			if err != nil {
				t.Errorf("%s: %v", at(text, p.Line), err)
			}
			if len(lines) > room {
				t.Errorf("%s: page %q takes %d rows, %d are there", at(text, p.Line), p.Title, len(lines), room)
			}
			lines, err = setter.Lines(p, page.View{}, page.Width(windowColumns))
			if err != nil {
				t.Errorf("%s: %v", at(text, p.Line), err)
			}
			for _, line := range lines {
				if strings.HasSuffix(line, "…") || ansi.StringWidth(line) > page.Width(windowColumns) {
					t.Errorf("%s: page %q: too wide: %s", at(text, p.Line), p.Title, line)
				}
			}
			lessons, pages := len(course.IDs()), len(text.Pages)
			head := fmt.Sprintf(" %s lesson %d of %d · page %d of %d", text.Title, lessons, lessons, pages, pages)
			if title := strings.Repeat(" ", page.SideMargin) + p.Title; ansi.StringWidth(title) > windowColumns || ansi.StringWidth(head) > windowColumns {
				t.Errorf("%s: the title is too long for a window", at(text, p.Line))
			}
		}
	})
}

// Who knows nothing of a lesson must not find the right answers by their
// places or their lengths.
func TestRightAnswersDoNotStandOut(t *testing.T) {
	t.Parallel()
	all, longest := 0, 0
	places := map[int]int{}
	for _, lesson := range lessons.All() {
		text, err := content.Load(lesson.ID)
		if err != nil {
			t.Fatal(err)
		}
		quiz, _ := text.Quiz()
		longestHere := 0
		for _, q := range quiz.Questions {
			lengths, right := make([]int, len(q.Answers)), -1
			for i, a := range q.Answers {
				lengths[i] = len(content.StripBackticks(a.Is))
				if a.Right {
					right = i
				}
			}
			all++
			places[right]++
			if others := slices.Delete(slices.Clone(lengths), right, right+1); lengths[right] > slices.Max(others) {
				longestHere++
			}
		}
		longest += longestHere
		if longestHere > 3 {
			t.Errorf("%s: the right answer is the longest of %d questions", lesson.ID, longestHere)
		}
	}
	if longest > all*2/5 {
		t.Errorf("the right answer is the longest of %d questions of %d", longest, all)
	}
	for place, n := range places {
		if n > all/2 {
			t.Errorf("the right answer stands in place %d of %d questions of %d", place+1, n, all)
		}
	}
}
