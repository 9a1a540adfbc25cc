package progress

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	why := &fault.Error{What: "there is no home", Next: "make one", Err: fs.ErrNotExist}
	j := NewJournal(nil, why)
	if err := j.Close(); err != nil {
		t.Errorf("nothing was done, and %v", err)
	}
	j.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
	if j.Load().Lessons["tasks"].Page != 1 || j.Notice() != why.What || j.Unread() != why {
		t.Errorf("known %v, notice %q, unread %v", j.State().Lessons, j.Notice(), j.Unread())
	}
	wantError(t, j.Close(), "not saved (1 page): there is no home")

	var zero Journal
	zero.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
	if notice, err := zero.Notice(), zero.Close(); notice != "" || err != nil || zero.Unread() != nil {
		t.Errorf("the zero Journal says %q, %v, %v", notice, err, zero.Unread())
	}
}

// blocked is a Journal in whose file's place there is a folder, until it is
// unblocked.
func blocked(t *testing.T) (j *Journal, unblock func()) {
	store := newStore(t)
	if err := makeFolder(filepath.Join(store.path, "x")); err != nil {
		t.Fatal(err)
	}
	return NewJournal(store, nil), func() {
		if err := os.RemoveAll(store.path); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAJournalTellsWhatIsLost(t *testing.T) {
	t.Parallel()
	j, _ := blocked(t)
	j.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
	wantError(t, j.Close(), "not saved (1 page): ")
	j.Note(func(s *State) { s.ReadPage("tasks", 2, time.Now()) })
	j.Note(func(s *State) { s.Answer(Answer{Question{"tasks", "order"}, []string{"B"}, true, monday}) })
	wantError(t, j.Close(), "not saved (2 pages, 1 answer): ")
	wantError(t, j.Close(), "is not a file")
	if !strings.Contains(j.Notice(), "is not a file") || len(j.State().Lessons["tasks"].Read) != 2 {
		t.Errorf("notice %q, known %v", j.Notice(), j.State().Lessons)
	}
}

// When the cause has gone, with the next note, the next look or at the end, all
// is saved, and nothing is said any more.
func TestAJournalSavesWhatItCouldNot(t *testing.T) {
	t.Parallel()
	for name, then := range map[string]func(*Journal){
		"the next note": func(j *Journal) {
			j.Note(func(s *State) { s.ReadPage("tasks", 2, time.Now()) })
			j.idle.Wait()
		},
		"the next look": func(j *Journal) { j.Load() },
		"the end":       func(j *Journal) { j.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j, unblock := blocked(t)
			j.Load()
			if j.Unread() == nil || j.Notice() == "" {
				t.Error("nothing is said of what could not be read")
			}
			j.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
			wantError(t, j.Close(), "is not a file")
			unblock()
			then(j)
			if notice, unread := j.Notice(), j.Unread(); notice != "" || unread != nil {
				t.Errorf("still said: %q, %v", notice, unread)
			}
			if kept := load(t, Open(j.store.path)); !slices.Contains(kept.Lessons["tasks"].Read, 1) {
				t.Errorf("kept %v", kept.Lessons)
			}
			if err := j.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// What can never be saved is said to the end, and what comes after it is saved.
func TestAJournalTellsWhatCanNeverBeSaved(t *testing.T) {
	t.Parallel()
	j := NewJournal(newStore(t), nil)
	j.Note(func(s *State) { s.Runs = []Run{{Lesson: "\x1b[2J"}} })
	wantError(t, j.Close(), "not printable")
	j.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
	wantError(t, j.Close(), "what you did is not saved: ")
	if kept := load(t, Open(j.store.path)); len(kept.Lessons["tasks"].Read) != 1 {
		t.Errorf("kept %v", kept.Lessons)
	}
}

func TestAJournalOfALockedFile(t *testing.T) {
	t.Parallel()
	store := Open(filepath.Join(t.TempDir(), "progress.json"))
	busy := Open(store.path)
	busy.patience = 10 * time.Millisecond
	j := NewJournal(busy, nil)
	err := store.locked(func(string) error {
		j.Note(func(s *State) { s.ReadPage("tasks", 1, time.Now()) })
		wantError(t, j.Close(), "not saved (1 page): another gosyncio is writing")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	busy.patience = time.Minute
	if err := j.Close(); err != nil || j.Notice() != "" {
		t.Errorf("%v, %q", err, j.Notice())
	}
	if kept := load(t, store); len(kept.Lessons["tasks"].Read) != 1 {
		t.Errorf("kept %v", kept.Lessons)
	}
}
