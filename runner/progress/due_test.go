package progress

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const day = 24 * time.Hour

func answer(key string, right bool, at time.Time) Answer {
	return Answer{Question{"tasks", key}, []string{"x"}, right, at}
}

func TestQuestionsAnsweredRightComeBackLessAndLessOften(t *testing.T) {
	var s State
	var days []int
	now := monday
	for range 5 {
		s.Answer(answer("order", true, now))
		if due := s.Due(now.Add(day)); len(due) > 0 {
			t.Errorf("due a day after %v: %v", now, due)
		}
		next := s.Cards["tasks"]["order"].Due
		if diff := cmp.Diff([]Question{{"tasks", "order"}}, s.Due(next)); diff != "" {
			t.Error(diff)
		}
		days = append(days, int(next.Sub(now)/day))
		now = next
	}
	if diff := cmp.Diff([]int{2, 11, 46, 163, 497}, days); diff != "" {
		t.Error(diff)
	}
}

func TestAMissedQuestionIsDueUntilItIsAnsweredRight(t *testing.T) {
	var s State
	s.Answer(answer("order", false, monday))
	if len(s.Due(monday)) != 1 {
		t.Error("not due at once")
	}
	s.Answer(answer("order", false, monday.Add(time.Minute)))
	if len(s.Due(monday.Add(time.Minute))) != 1 {
		t.Error("not due after another miss")
	}
	s.Answer(answer("order", true, monday.Add(2*time.Minute)))
	if due := s.Due(monday.Add(time.Hour)); len(due) > 0 {
		t.Errorf("still due: %v", due)
	}
	if len(s.Due(monday.Add(3*day))) != 1 {
		t.Error("it does not come back")
	}
}

func TestTheLongestDueComesFirst(t *testing.T) {
	var s State
	s.Answer(answer("missed late", false, monday.Add(30*day)))
	s.Answer(answer("b", true, monday))
	s.Answer(answer("a", true, monday))
	s.Answer(answer("missed early", false, monday.Add(-day)))
	want := []Question{{"tasks", "missed early"}, {"tasks", "a"}, {"tasks", "b"}, {"tasks", "missed late"}}
	if diff := cmp.Diff(want, s.Due(monday.Add(31*day))); diff != "" {
		t.Error(diff)
	}
}

func TestAClockThatWasPutBackDelaysNothingForLong(t *testing.T) {
	var s State
	s.Answer(answer("order", true, monday.Add(1000*day)))
	s.Answer(answer("order", true, monday))
	if due := s.Cards["tasks"]["order"].Due; due.After(monday.Add(30 * day)) {
		t.Errorf("due at %v", due)
	}
}

func TestACardThatMakesNoSenseBeginsAnew(t *testing.T) {
	s, err := Decode([]byte(`{"version":1,"cards":{"tasks":{"order":
		{"due":"2026-03-02T09:00:00Z","right":true,"stability":-5,"difficulty":99,"interval_days":1,"reviews":1,"lapses":0,"reviewed":"2026-03-02T09:00:00Z"}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	s.Answer(answer("order", true, monday))
	var fresh State
	fresh.Answer(answer("order", true, monday))
	if diff := cmp.Diff(fresh.Cards, s.Cards); diff != "" {
		t.Error(diff)
	}
}
