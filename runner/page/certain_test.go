package page

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"

	"gosyncio/runner/course"
	"gosyncio/runner/plan"
	"gosyncio/runner/terminal"
)

// On terminals that draw characters of ambiguous width two columns wide the
// pages have none, and each that they would have has another to stand for it.
func TestPagesOfCertainWidth(t *testing.T) {
	t.Parallel()
	wide := &runewidth.Condition{EastAsianWidth: true}
	for _, id := range course.IDs() {
		lesson, err := course.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, columns := range []int{40, 80, 120} {
			for _, p := range lesson.Text.Pages {
				lines, err := New(lesson, false).Lines(p, View{Languages: plan.Both}, Width(columns))
				if err != nil {
					t.Fatal(err)
				}
				for _, line := range lines {
					shown := terminal.Certain(line)
					if wide.StringWidth(shown) != ansi.StringWidth(line) {
						t.Errorf("%s: %d columns: %s\n%d columns: %s", id, wide.StringWidth(shown), shown, ansi.StringWidth(line), line)
					}
					if strings.Count(shown, "?") != strings.Count(line, "?") {
						t.Errorf("%s: nothing stands for a character of %s", id, line)
					}
				}
			}
		}
	}
}
