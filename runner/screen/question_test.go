package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// asked is a question with that many lines above it, each of that width.
func asked(lines, width, choices int) Question {
	return Question{
		Above:   slices.Repeat([]string{strings.Repeat("above ", width/6+1)[:width]}, lines),
		Text:    "How long does concurrent take? (a=2s b=1s)",
		Choices: Labels(slices.Repeat([]string{"1 s"}, choices)...),
	}
}

// What stands above a question is set anew for the window, and cut where
// the question needs the room.
func TestWhatStandsAboveFits(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ columns, rows int }{{160, 50}, {120, 40}, {80, 24}, {56, 12}, {40, 12}, {20, 6}, {10, 2}, {1, 1}} {
		for _, q := range []Question{asked(0, 0, 4), asked(3, 30, 4), asked(3, 76, 4), asked(30, 110, 4), asked(60, 30, 12)} {
			t.Run(fmt.Sprintf("%d lines at %d×%d", len(q.Above), size.columns, size.rows), func(t *testing.T) {
				t.Parallel()
				above, room := q.above(size.columns, size.rows), q.Room(size.columns, size.rows)
				if len(above) > room {
					t.Errorf("%d lines, there is room for %d", len(above), room)
				}
				for _, line := range above {
					if ansi.StringWidth(line) > size.columns {
						t.Errorf("%d columns: %q", ansi.StringWidth(line), line)
					}
				}
				// The question, a line of hints, its choices and the cursor.
				text := len(strings.Split(ansi.Wrap(q.Text, max(size.columns-1, 1), ""), "\n"))
				if needs := text + 1 + len(q.Choices) + 1; room > 0 && len(above)+needs > size.rows {
					t.Errorf("%d lines above and %d of the question in %d rows", len(above), needs, size.rows)
				}
				words := func(lines []string) string { return strings.Join(strings.Fields(strings.Join(lines, " ")), " ") }
				if size.columns >= 10 && len(above) < room && words(above) != words(q.Above) {
					t.Errorf("something is missing, though there is room:\n%q", above)
				}
			})
		}
	}
}

func TestAnEmptyLineSetsTheQuestionOff(t *testing.T) {
	t.Parallel()
	const columns, choices, others = 80, 2, 3 // the question, a line of hints and the cursor
	for _, test := range []struct {
		name  string
		above []string
		rows  int
		want  []string
	}{
		{"room", []string{"one", "two"}, 24, []string{"one", "two", ""}},
		{"just room", []string{"one", "two"}, choices + others + 3, []string{"one", "two", ""}},
		{"no room for it", []string{"one", "two"}, choices + others + 2, []string{"one", "two"}},
		{"no room for all", []string{"one", "two"}, choices + others + 1, []string{"one"}},
		{"no room", []string{"one", "two"}, choices + others, nil},
		{"no room for the question", []string{"one", "two"}, 2, nil},
		{"there is one", []string{"one", ""}, 24, []string{"one", ""}},
		{"nothing above", nil, 24, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			q := Question{Above: test.above, Text: "Which?", Choices: Labels("this", "that")}
			if got := q.above(columns, test.rows); !slices.Equal(got, test.want) {
				t.Errorf("above stands %q, want %q", got, test.want)
			}
		})
	}
}

// A line that was set for a wider window is broken between words, and keeps
// its words.
func TestLongLinesAreBroken(t *testing.T) {
	t.Parallel()
	q := Question{
		Above:   []string{"   A goroutine has no handle. You arrange the result and the waiting yourself."},
		Text:    "Right.",
		Choices: Labels("next question"),
	}
	if got, want := q.above(50, 24), []string{
		"   A goroutine has no handle. You arrange the", "result and the waiting yourself.", "",
	}; !slices.Equal(got, want) {
		t.Errorf("above stands %q, want %q", got, want)
	}
}
