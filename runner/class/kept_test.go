package class

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// keptFile writes text to a file.
func keptFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "class.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWhatIsKeptIsRead(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	want := Keep(Summary{
		Title: "Tasks", Learners: 2,
		Questions: []Asked{{
			Question: Question{ID: "tasks/predict/both", Lesson: "tasks", Heading: "H", Text: "How long?", Answers: []Answer{{Text: "1 s"}, {Text: "2 s", Why: "both", Right: true}}},
			Rounds:   [][]int{{1, 1}, {0, 2}}, Revealed: true,
		}},
		Board: []Seat{{Nick: "anna", Report: Report{Lesson: "tasks", Page: 2, Pages: 9, Solved: []string{"order"}}, Since: at, Help: true}},
	}, at)
	var b strings.Builder
	if err := want.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := ReadKept(keptFile(t, b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Summary(), got.Summary()); diff != "" || !got.At().Equal(at) {
		t.Errorf("at %v, (-want +got):\n%s", got.At(), diff)
	}
}

func TestWhatIsKeptMustFit(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text  string
		other bool // of another kind
		want  string
	}{
		"nothing":        {text: "", other: true},
		"progress":       {text: `{"version":3,"lessons":{}}`, other: true},
		"list":           {text: `[1]`, other: true},
		"no format":      {text: `{"class":{}}`, want: "is no summary of a class"},
		"newer":          {text: `{"class":{"format":2}}`, want: "newer version"},
		"other types":    {text: `{"class":{"format":1,"questions":"many"}}`, want: "is no summary of a class"},
		"missing counts": {text: `{"class":{"format":1,"questions":[{"answers":[{"text":"a"}],"rounds":[[]]}]}}`, want: "is no summary of a class"},
		"no answers":     {text: `{"class":{"format":1,"questions":[{"text":"q","rounds":[[]]}]}}`, want: "is no summary of a class"},
		"negative":       {text: `{"class":{"format":1,"questions":[{"answers":[{"text":"a"}],"rounds":[[-1]]}]}}`, want: "is no summary of a class"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ReadKept(keptFile(t, tt.text))
			if tt.other != errors.Is(err, ErrNotKept) || !tt.other && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestWhatIsKeptIsPrintable(t *testing.T) {
	t.Parallel()
	got, err := ReadKept(keptFile(t, `{"class":{"format":1,"title":"\u001b[31m","questions":[{"id":"\u0007","text":"\u0007","answers":[{"text":"\u0007","why":"\u0007"}]}],"board":[{"nick":"\u0007","lesson":"\u0007","solved":["\u0007"]}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := got.Write(&b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), `\u00`) {
		t.Errorf("control characters:\n%s", b.String())
	}
}
