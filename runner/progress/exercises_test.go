package progress

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Tries count until an exercise is solved; a solution that is read before is
// noted.
func TestExercises(t *testing.T) {
	t.Parallel()
	at := func(second int) time.Time { return time.Date(2026, 3, 2, 9, 0, second, 0, time.UTC) }
	var s State
	s.Begin("order", "abc", at(0))
	s.Try("order", "slow", false, at(1))
	s.Try("order", "slow", false, at(2))
	s.Hint("order", 2)
	s.Hint("order", 1)
	s.Peek("order")
	s.Try("order", "solved", true, at(3))
	s.Try("order", "race", false, at(4))
	want := Exercise{Given: "abc", Tries: 3, Hints: 2, Peeked: true, Solved: at(3), At: at(4), Verdicts: map[string]int{"slow": 2}}
	if d := cmp.Diff(want, s.Exercises["order"]); d != "" {
		t.Error(d)
	}

	var later State
	later.Begin("order", "def", at(9))
	later.Try("order", "leak", false, at(9))
	later.Peek("first")
	merged := func(a, b State) *State {
		var m State
		m.Merge(&a)
		m.Merge(&b)
		m.Merge(&a)
		return &m
	}
	ours, theirs := merged(s, later), merged(later, s)
	if d := cmp.Diff(ours, theirs); d != "" {
		t.Errorf("merged differently:\n%s", d)
	}
	want.Given, want.At, want.Verdicts = "def", at(9), map[string]int{"slow": 2, "leak": 1}
	if d := cmp.Diff(want, ours.Exercises["order"]); d != "" {
		t.Error(d)
	}
	data, err := ours.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if read, err := Decode(data); err != nil || !cmp.Equal(read, ours) {
		t.Errorf("%v, read %+v", err, read)
	}
	if _, err := Decode([]byte(`{"version":3,"exercises":{"order":{"tries":-1,"at":"2026-03-02T09:00:00Z"}}}`)); err == nil {
		t.Error("a negative number is taken")
	}
}
