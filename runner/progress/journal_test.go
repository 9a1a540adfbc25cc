package progress

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/fault"
)

func TestAJournalKnowsAtOnceWhatItKeepsSoon(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "progress.json")
	j := NewJournal(Open(path), nil)
	for page := 1; page <= 50; page++ {
		j.Note(func(s *State) { s.ReadPage("tasks", page, time.Now()) })
		if got := j.State().Lessons["tasks"].Page; got != page {
			t.Fatalf("page %d is known, want %d", got, page)
		}
	}
	j.Close()
	kept, _, err := Open(path).Load()
	if err != nil || len(kept.Lessons["tasks"].Read) != 50 {
		t.Errorf("kept %v, %v; want 50 pages", kept.Lessons, err)
	}
}

func TestAJournalLearnsWhatOthersHaveKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "progress.json")
	j := NewJournal(Open(path), nil)
	j.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
	j.Close()
	if _, err := Open(path).Update(func(s *State) { s.ReadPage("gather", 2, time.Now()) }); err != nil {
		t.Fatal(err)
	}
	state := j.Load()
	if state.Lessons["tasks"].Page != 1 || state.Lessons["gather"].Page != 2 {
		t.Errorf("known are %v, want tasks and gather", state.Lessons)
	}
}

// Whoever holds the lock keeps the Journal from writing, and nobody waits.
func TestAJournalDoesNotWaitForALockedFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "progress.json")
	holder, store := Open(path), Open(path)
	store.patience = time.Hour
	locked, unlock := make(chan struct{}), make(chan struct{})
	held := make(chan error)
	go func() {
		held <- holder.locked(func(string) error {
			close(locked)
			<-unlock
			return nil
		})
	}()
	<-locked
	j := NewJournal(store, nil)
	j.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
	if got := j.State().Lessons["tasks"].Page; got != 1 {
		t.Errorf("page %d is known while the file is locked, want 1", got)
	}
	close(unlock)
	if err := <-held; err != nil {
		t.Fatal(err)
	}
	j.Close()
	if kept, _, err := Open(path).Load(); err != nil || kept.Lessons["tasks"].Page != 1 {
		t.Errorf("kept %v, %v", kept.Lessons, err)
	}
}

func TestAJournalWithoutAPlaceSaysWhy(t *testing.T) {
	t.Parallel()
	why := &fault.Error{What: "there is no home"}
	j := NewJournal(nil, why)
	j.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
	if j.Load().Lessons["tasks"].Page != 1 || j.Notice() != why.What {
		t.Errorf("known %v, notice %q", j.State().Lessons, j.Notice())
	}
	if notice := new(Journal).Notice(); notice != "" {
		t.Errorf("the zero Journal says %q", notice)
	}
}

func TestAJournalTellsWhatWentWrong(t *testing.T) {
	t.Parallel()
	store := Open(filepath.Join(t.TempDir(), "progress.json"))
	j := NewJournal(store, nil)
	err := store.locked(func(string) error {
		busy := Open(store.path)
		busy.patience = 0
		j.store = busy
		j.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
		j.Close()
		return nil
	})
	if err != nil && !errors.Is(err, errLocked) {
		t.Fatal(err)
	}
	if !strings.Contains(j.Notice(), "another gosyncio is writing") {
		t.Errorf("notice = %q", j.Notice())
	}
	if j.State().Lessons["tasks"].Page != 1 {
		t.Error("what could not be kept is forgotten")
	}
}
