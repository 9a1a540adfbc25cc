package progress

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
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
		`{"version":1,"le`: "it breaks off before its end",
		`{"version":99}`:   "newer version",
		"\x89PNG":          "it is not JSON, see its line 1",
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

// TestAnImportLeavesRoom: what holds more than anyone can have done is refused,
// be it one file or the sum of many, and the learner's own can be saved after.
func TestAnImportLeavesRoom(t *testing.T) {
	crowd := func(first, lessons int) *State {
		s := new(State)
		for i := range lessons {
			s.ReadPage(fmt.Sprintf("lesson %06d %s", first+i, strings.Repeat("x", 100)), 1, monday)
		}
		return s
	}
	shelf := func(at, size int) *State {
		s := new(State)
		for i := range 4 {
			s.Answer(Answer{Question{"tasks", "order"}, []string{strings.Repeat("y", size/4)}, true, monday.Add(time.Duration(at+i) * time.Hour)})
		}
		return s
	}
	for name, file := range map[string]func(n int) *State{
		"lessons": func(n int) *State { return crowd(n*7000, 7000) }, // twice is too many
		"answers": func(n int) *State { return shelf(0, (1+12*n)<<20) },
	} {
		t.Run(name, func(t *testing.T) {
			store := newStore(t)
			update(t, store, readPage(1))
			folder, taken := t.TempDir(), 0
			for n := range 2 {
				path := filepath.Join(folder, fmt.Sprint(n))
				if err := Export(path, file(n)); err != nil {
					t.Fatal(err)
				}
				if _, err := store.Import(path); err == nil {
					taken++
				} else {
					wantError(t, err, "more than anyone can have done")
				}
			}
			if taken != 1 {
				t.Errorf("%d files were taken", taken)
			}
			for page := range 2 {
				update(t, store, readPage(page+1))
			}
			if pages := len(load(t, store).Lessons["tasks"].Read); pages != 2 {
				t.Errorf("%d pages", pages)
			}
		})
	}
}

// TestAFullFileIsStillSavedTo: the oldest records make room.
func TestAFullFileIsStillSavedTo(t *testing.T) {
	store := newStore(t)
	full := diligent()
	for i := range 15 {
		full.Answer(Answer{Question{"tasks", "order"}, []string{strings.Repeat("y", 1<<20)}, true, monday.Add(time.Duration(i) * time.Hour)})
	}
	update(t, store, func(s *State) { s.Merge(full) })
	newest := Answer{Question{"tasks", "leak"}, []string{strings.Repeat("z", 1<<20)}, true, monday.Add(1000 * time.Hour)}
	update(t, store, func(s *State) { s.Answer(newest) })
	answers := load(t, store).Answers
	if len(answers) < 5 || answers[len(answers)-1].Given[0] != newest.Given[0] {
		t.Errorf("%d answers are left", len(answers))
	}
}

func TestAnExportIsForTheLearnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a folder's permissions are those of its files")
	}
	path := filepath.Join(t.TempDir(), "anna.json")
	if err := Export(path, diligent()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
