package player

import (
	"testing"

	"gosyncio/lessons"
)

// What a snapshot says of the end is true of all of it.
func TestASnapshotThatHasEndedIsFinal(t *testing.T) {
	t.Parallel()
	lesson, values := find(t, "tasks", "a=20ms", "b=10ms")
	c, err := ours().Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, []string{"sequential", "concurrent"})})
	if err != nil {
		t.Fatal(err)
	}
	for ended := false; !ended; {
		select {
		case <-c.Changed():
		case <-c.Done():
		}
		s := c.Snapshot()
		ended = s.Ended
		for _, run := range s.Runs {
			name := run.Job.Variant.Name
			if ended && run.Status.Phase != Ended {
				t.Errorf("all have ended, but %s is in phase %d", name, run.Status.Phase)
			}
			if run.Status.Phase != Ended {
				continue
			}
			for _, lane := range run.Lanes {
				if n := lane.Len(); n > 0 && lane.Span(n-1).End > run.Status.Elapsed {
					t.Errorf("%s has ended after %v, but lane %s goes on until %v", name, run.Status.Elapsed, lane.Name, lane.Span(n-1).End)
				}
			}
		}
	}
	if s := c.Snapshot(); !c.Ended() || s.Failed() != "" || len(s.Elapsed()) != 2 {
		t.Errorf("ended %v, failed %q, elapsed %v", c.Ended(), s.Failed(), s.Elapsed())
	}
}

func TestFailedIsTheFirstThatWentWrong(t *testing.T) {
	t.Parallel()
	run := func(variant, err string) Recording {
		return Recording{Job: Job{Part: Part{Variant: lessons.Variant{Name: variant}}}, Status: Status{Phase: Ended, Err: err}}
	}
	for _, tt := range []struct {
		want string
		runs []Recording
	}{
		{"", nil},
		{"", []Recording{run("a", ""), run("b", "")}},
		{"b: exit status 2", []Recording{run("a", ""), run("b", "exit status 2"), run("c", "stopped")}},
	} {
		if got := (Snapshot{Runs: tt.runs}).Failed(); got != tt.want {
			t.Errorf("failed is %q, want %q", got, tt.want)
		}
	}
}

func TestLanguagesAreToldApart(t *testing.T) {
	t.Parallel()
	names, ids, columns := map[string]bool{}, map[string]bool{}, map[int]bool{}
	for _, language := range []Language{Go, Python} {
		names[language.String()], ids[language.ID()], columns[language.Column()] = true, true, true
		if twin, ok := language.Twin(); ok && twin == language {
			t.Errorf("%v is compared with itself", language)
		}
	}
	if len(names) != 2 || len(ids) != 2 || len(columns) != 2 {
		t.Errorf("names %v, ids %v, columns %v", names, ids, columns)
	}
}
