package progress

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// onTheLaptop is what the diligent learner did later, on another machine.
func onTheLaptop() *State {
	s := new(State)
	s.ReadPage("tasks", 1, monday.Add(day))
	s.ReadPage("tasks", 4, monday.Add(day+time.Minute))
	s.Finish("tasks", monday.Add(2*day))
	s.ReadPage("gather", 1, monday.Add(2*day))
	s.Answer(answer("leak", true, monday.Add(2*day)))
	s.Answer(answer("new", true, monday.Add(2*day)))
	return s
}

func TestImportMerges(t *testing.T) {
	laptop := filepath.Join(t.TempDir(), "laptop.json")
	if err := Export(laptop, onTheLaptop()); err != nil {
		t.Fatal(err)
	}
	store := newStore(t)
	update(t, store, func(s *State) { s.Merge(diligent()) })
	if notice, err := store.Import(laptop); notice != "" || err != nil {
		t.Fatal(notice, err)
	}
	s := load(t, store)
	want := map[string]Lesson{
		"tasks":  {Read: []int{1, 2, 4}, Page: 4, At: monday.Add(day + time.Minute), Finished: monday.Add(6 * time.Minute), Ran: []string{"sequential concurrent"}, Unasked: []string{"in-python"}},
		"gather": {Read: []int{1}, Page: 1, At: monday.Add(2 * day)},
	}
	if diff := cmp.Diff(want, s.Lessons); diff != "" {
		t.Error(diff)
	}
	if len(s.Predictions) != 1 || len(s.Outcomes) != 1 || len(s.Answers) != 4 || len(s.Runs) != 1 || len(s.Cards["tasks"]) != 3 {
		t.Errorf("%+v", s)
	}
	if card := s.Cards["tasks"]["leak"]; !card.Right {
		t.Error("the newer card does not count")
	}
}

func TestMergingIsTheSameInAnyOrder(t *testing.T) {
	one, other := diligent(), onTheLaptop()
	one.Merge(onTheLaptop())
	other.Merge(diligent())
	if diff := cmp.Diff(one, other); diff != "" {
		t.Error(diff)
	}
	one.Merge(diligent())
	one.Merge(one)
	if diff := cmp.Diff(other, one); diff != "" {
		t.Error("merged again:", diff)
	}
}

func TestMergingLeavesTheOtherAsItIs(t *testing.T) {
	other := onTheLaptop()
	var s State
	s.Merge(other)
	s.ReadPage("tasks", 2, monday.Add(3*day))
	s.Answer(answer("new", false, monday.Add(3*day)))
	if diff := cmp.Diff(onTheLaptop(), other); diff != "" {
		t.Error(diff)
	}
}

func TestExportReplacesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "anna.json")
	if err := os.WriteFile(path, []byte("dear diary"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantError(t, Export(path, diligent()), "is there already")
	wantError(t, Export(filepath.Join(path, "x.json"), diligent()), "cannot be exported")
	if data, _ := os.ReadFile(path); string(data) != "dear diary" {
		t.Errorf("%q", data)
	}
}

func TestABadExportIsRefusedAndLeftAlone(t *testing.T) {
	store := newStore(t)
	update(t, store, func(s *State) { s.Merge(diligent()) })
	folder := t.TempDir()
	for text, complaint := range map[string]string{
		"":                 "it is empty",
		`{"version":1,"le`: "unexpected end of JSON input",
		`{"version":99}`:   "newer version",
		"\x89PNG":          "invalid character",
	} {
		path := filepath.Join(folder, "bad.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := store.Import(path)
		wantError(t, err, complaint)
		if data, _ := os.ReadFile(path); string(data) != text {
			t.Errorf("%q has become %q", text, data)
		}
	}
	_, err := store.Import(filepath.Join(folder, "nosuch.json"))
	wantError(t, err, "there is no file")
	_, err = store.Import(folder)
	wantError(t, err, "not a file")
	if diff := cmp.Diff(diligent(), load(t, store)); diff != "" {
		t.Error(diff)
	}
}
