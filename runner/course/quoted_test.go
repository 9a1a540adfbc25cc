package course_test

import (
	"regexp"
	"strings"
	"testing"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/child"
	"gosyncio/runner/plan"
)

// What a page quotes in a fence of text is what Go prints when a variant
// dies, but for numbers.
func TestWhatGoSaysIsQuotedAsItIs(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it runs lessons")
	}
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		var names []string
		for _, v := range lesson.Variants {
			if v.Dies != "" && !(child.Cgo && v.Untraced) { // Go says nothing then
				names = append(names, v.Name)
			}
		}
		if len(names) == 0 {
			return
		}
		printed := map[string]bool{}
		for _, run := range played(t, request(t, lesson.ID, names, lessontest.FactsOf(t, lesson.ID).Settings.Quick, plan.Go)).Runs {
			for _, line := range run.Status.Output {
				printed[unnumbered(line.Text)] = true
			}
		}
		fence := regexp.MustCompile("(?ms)^```text\n(.*?)^```$")
		for _, page := range text.Pages {
			for _, block := range page.Blocks {
				prose, ok := block.(content.Prose)
				if !ok {
					continue
				}
				for _, quoted := range fence.FindAllStringSubmatch(prose.Markdown+"\n", -1) {
					for line := range strings.Lines(quoted[1]) {
						if line = strings.TrimRight(line, "\n"); line != "" && !printed[unnumbered(line)] {
							t.Errorf("%s: %q is quoted, and printed by none of %v", at(text, prose.Line), line, names)
						}
					}
				}
			}
		}
	})
}

// unnumbered is a line without what differs from one run to the next: the
// numbers of goroutines. The lines of the source stay.
func unnumbered(line string) string {
	return regexp.MustCompile(`goroutine \d+`).ReplaceAllString(line, "goroutine N")
}
