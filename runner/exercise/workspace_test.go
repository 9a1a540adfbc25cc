package exercise

import (
	"os"
	"strings"
	"testing"

	"gosyncio/runner/fault"
)

// When a new version of the program brings another text of an exercise, a file
// that was not changed is renewed, and one that was is kept and said.
func TestRenew(t *testing.T) {
	t.Parallel()
	e, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	const old, changed = "package order // as it was\n", "package order // as it is\n"
	for _, tt := range []struct {
		name, text, given string
		says              bool
		want              string
	}{
		{"as it was given then", old, digest([]byte(old)), false, string(e.Given())},
		{"changed", changed, digest([]byte(old)), true, changed},
		{"changed, and nothing is new", changed, e.Digest(), false, changed},
		{"the new text already", string(e.Given()), digest([]byte(old)), false, string(e.Given())},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := Workspace{t.TempDir()}
			if err := w.Open(e); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(w.Path(e), []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			says, err := w.Renew(e, tt.given)
			if got, _ := os.ReadFile(w.Path(e)); err != nil || says != tt.says || string(got) != tt.want {
				t.Errorf("says %v, %v: %q", says, err, got)
			}
		})
	}
}

// A lesson's name leads to its exercises.
func TestALessonIsNoExercise(t *testing.T) {
	t.Parallel()
	_, err := Find("gather")
	if f, ok := err.(*fault.Error); !ok || f.What != "gather is a lesson" || !strings.HasSuffix(f.Next, "are order, failfast") {
		t.Errorf("%v", err)
	}
}
