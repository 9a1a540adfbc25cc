package prompt

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAQuestionTakesNoMoreThanTheScreen(t *testing.T) {
	question := "How long do both workers take together, if A takes two seconds and B takes one?"
	var choices []Choice
	for range 25 {
		choices = append(choices, Choice{Label: "漢字 and a label that is too long for most of the screens in this test, really"})
	}
	for _, c := range []struct {
		kind kind
		lead string
	}{{one, "> "}, {several, "> [x] "}} {
		for rows := 3; rows <= 30; rows++ {
			for _, columns := range []int{4, 5, 7, 9, 17, 20, 39, 40, 41, 79, 80, 120} {
				if columns > len(c.lead) {
					checkSize(t, fit(c.kind, question, choices, rows, columns), c.lead, rows, columns)
				}
			}
		}
	}
}

func checkSize(t *testing.T, l *layout, lead string, rows, columns int) {
	t.Helper()
	height := len(l.question) + 1
	var heights []int
	for _, label := range l.labels {
		heights = append(heights, 1+strings.Count(label, "\n"))
	}
	slices.Sort(heights)
	for _, tallest := range heights[len(heights)-l.page:] {
		height += tallest
	}
	lines := append(append([]string{}, l.question...), l.status(""), l.status("w"), l.status(strings.Repeat("漢x", 50)))
	if l.hints != nil {
		height++
	}
	if height > rows {
		t.Fatalf("%d rows, %d columns: %d lines", rows, columns, height)
	}
	for _, label := range l.labels {
		lines = append(lines, strings.Split(lead+label, "\n")...)
	}
	for _, line := range lines {
		if widthOf(line) >= columns {
			t.Fatalf("%d columns: %q", columns, line)
		}
	}
}

func TestAQuestionIsWrapped(t *testing.T) {
	l := fit(one, "How long do both workers take?", []Choice{{Label: "1s"}, {Label: "2s"}}, 24, 20)
	if diff := cmp.Diff([]string{"How long do both", "workers take?"}, l.question); diff != "" {
		t.Error(diff)
	}
}

func TestThePageFillsTheScreen(t *testing.T) {
	choices := make([]Choice, 30)
	for _, c := range []struct{ rows, page int }{{24, 21}, {10, 7}, {4, 1}, {3, 1}, {2, 1}, {1, 1}, {100, 30}} {
		if got := fit(one, "Lesson?", choices, c.rows, 80).page; got != c.page {
			t.Errorf("%d rows: %d choices at a time, want %d", c.rows, got, c.page)
		}
	}
}

func TestTheStatusTellsWhatTheFilterLeaves(t *testing.T) {
	l := fit(one, "Lesson?", []Choice{{Label: "Tasks", Match: "create_task"}, {Label: "Gather"}}, 24, 60)
	for _, c := range []struct{ filter, want string }{
		{"", "arrows move, type to filter, enter chooses, q quits, ? keys"},
		{"TASK", "filter: TASK  1 of 2"},
		{"create_", "filter: create_  1 of 2"},
		{"t", "filter: t  2 of 2"},
		{"x", "filter: x  nothing matches (backspace)"},
		{strings.Repeat("ab", 40), "filter: …babababababababababab  nothing matches (backspace)"},
	} {
		if got := l.status(c.filter); got != c.want {
			t.Errorf("%q: %q, want %q", c.filter, got, c.want)
		}
	}
}

// A number that is typed is that of a choice, and not one that it speaks of.
func TestANumberIsLookedForAtTheBeginning(t *testing.T) {
	l := fit(one, "Lesson?", []Choice{{Label: "1  The event loop  12 min"}, {Label: "2  Coroutines  10 min"}, {Label: "10 Rules  2 runs", Match: "v2"}}, 24, 60)
	for filter, want := range map[string][]bool{
		"2": {false, true, false}, "1": {true, false, true}, "10": {false, false, true}, "12": {false, false, false},
		"12 min": {true, false, false}, "v2": {false, false, true}, "": {true, true, true},
	} {
		for i := range want {
			if got := l.match(filter, i); got != want[i] {
				t.Errorf("%q lets %q through: %v", filter, l.labels[i], got)
			}
		}
	}
}

func TestTheStatusSaysThatSpaceMarks(t *testing.T) {
	for _, c := range []struct {
		columns int
		want    string
	}{
		{80, "arrows move, type to filter, space marks, enter goes on, q quits, ? keys"},
		{60, "type to filter, space marks, enter goes on, ? keys"},
		{40, "space marks, enter goes on"},
		{24, "space, enter, ? keys"},
		{12, " "},
	} {
		if got := fit(several, "Lessons?", []Choice{{Label: "Tasks"}}, 24, c.columns).status(""); got != c.want {
			t.Errorf("%d columns: %q, want %q", c.columns, got, c.want)
		}
	}
}

func TestLabelsAreMadePlain(t *testing.T) {
	for in, want := range map[string]string{
		"\x1b[31mred\x1b[0m":     "red",
		"two\nlines":             "two lines",
		"\x1b]0;title\x07a\x07b": "ab",
		"bad\xffbyte":            "bad\uFFFDbyte",
		"\u202eright to left":    "right to left",
		"  spaces ":              "  spaces",
	} {
		if got := plain(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// What a narrow window has no room for in a line goes on below, at a word.
func TestChoicesAreWrapped(t *testing.T) {
	t.Parallel()
	choices := []Choice{{Label: "it waits until the other one has ended"}, {Label: "it ends"}, {Label: "it goes on, and the other one waits"}}
	for _, tt := range []struct {
		kind          kind
		rows, columns int
		want          []string
		page          int
	}{
		{one, 24, 80, []string{"it waits until the other one has ended", "it ends", "it goes on, and the other one waits"}, 3},
		{one, 24, 24, []string{"it waits until the\n  other one has ended", "it ends", "it goes on, and the\n  other one waits"}, 3},
		{several, 24, 30, []string{"it waits until the\n      other one has ended", "it ends", "it goes on, and the\n      other one waits"}, 3},
		{one, 8, 24, []string{"it waits until the\n  other one has ended", "it ends", "it goes on, and the\n  other one waits"}, 3},
		{one, 7, 24, []string{"it waits until the\n  other one has ended", "it ends", "it goes on, and the\n  other one waits"}, 2},
		{one, 4, 24, []string{"it waits until the …", "it ends", "it goes on, and the …"}, 1},
	} {
		l := fit(tt.kind, "What?", choices, tt.rows, tt.columns)
		if diff := cmp.Diff(tt.want, l.labels); diff != "" || l.page != tt.page {
			t.Errorf("%d rows, %d columns: %d at a time, want %d, %s", tt.rows, tt.columns, l.page, tt.page, diff)
		}
	}
}

// A question that is too long for the window keeps its end, where it asks.
func TestALongQuestionKeepsItsEnd(t *testing.T) {
	t.Parallel()
	question := "A sleeps 2s, B sleeps 1s. concurrent runs both at once. How long does concurrent take?"
	for _, tt := range []struct {
		rows, columns int
		want          string
		hints         bool
	}{
		{24, 80, "A sleeps 2s, B sleeps 1s. concurrent runs both at once. How long does\nconcurrent take?", true},
		{8, 30, "A sleeps 2s, B sleeps 1s.\nconcurrent runs both at once.\nHow long does concurrent\ntake?", true},
		{6, 20, "… concurrent runs\nboth at once. How\nlong does\nconcurrent take?", false},
	} {
		l := fit(one, question, []Choice{{Label: "1 s"}, {Label: "2 s"}}, tt.rows, tt.columns)
		if got := strings.Join(l.question, "\n"); got != tt.want || (l.hints != nil) != tt.hints {
			t.Errorf("%d rows, %d columns: %q, hints %v", tt.rows, tt.columns, got, l.hints != nil)
		}
	}
}

func TestRowsAreThoseOfTheWholeQuestion(t *testing.T) {
	t.Parallel()
	choices := []Choice{{Label: "one"}, {Label: "two words"}}
	for columns, want := range map[int]int{80: 5, 14: 6} {
		if got := Rows("What is it?", choices, columns); got != want {
			t.Errorf("%d columns: %d rows, want %d", columns, got, want)
		}
	}
}

// A list that goes on beyond the window says so.
func TestTheHintTellsOfMore(t *testing.T) {
	choices := make([]Choice, 30)
	for rows, want := range map[int]string{
		40: "arrows move, type to filter, enter chooses, q quits, ? keys",
		10: "arrows show more, type to filter, enter chooses, q quits, ? keys",
	} {
		if got := fit(one, "Lesson?", choices, rows, 80).status(""); got != want {
			t.Errorf("%d rows: %q, want %q", rows, got, want)
		}
	}
}
