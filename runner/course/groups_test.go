package course

import "testing"

func TestGroups(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{"tasks": GroupArticle, "deadlock": GroupBreaks, "timeouts": GroupPrograms} {
		if got := Group(id); got != want {
			t.Errorf("%s is in %q, want %q", id, got, want)
		}
	}
}

// Each lesson has something to run and something to answer, so that it can
// be done.
func TestEachLessonCanBeDone(t *testing.T) {
	t.Parallel()
	courses, err := Courses()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := Entries()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range courses {
		if c.Lesson != entries[i].ID || c.Pages != entries[i].Header.Pages || len(c.Runs) == 0 || len(c.Predictions)+len(c.Quiz) == 0 {
			t.Errorf("%+v", c)
		}
	}
}
