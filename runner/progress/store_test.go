package progress

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/runner/fault"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(asWriter); path != "" {
		os.Exit(write(path, os.Args[1:]))
	}
	goleak.VerifyTestMain(m)
}

// newStore is a store in folders that are not there yet.
func newStore(t *testing.T) *Store {
	return Open(filepath.Join(t.TempDir(), "state", "gosyncio", "progress.json"))
}

// put makes the store's file what text says.
func put(t *testing.T, store *Store, text string) {
	t.Helper()
	if err := makeFolder(filepath.Dir(store.path)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(store.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func update(t *testing.T, store *Store, change func(*State)) {
	t.Helper()
	if notice, err := store.Update(change); notice != "" || err != nil {
		t.Fatal(notice, err)
	}
}

func load(t *testing.T, store *Store) *State {
	t.Helper()
	s, notice, err := store.Load()
	if notice != "" || err != nil {
		t.Fatal(notice, err)
	}
	return s
}

// readPage is a change.
func readPage(n int) func(*State) {
	return func(s *State) { s.ReadPage("tasks", n, monday) }
}

// wantError wants a *fault.Error that says what and what to do next, in a line
// each.
func wantError(t *testing.T, err error, what string) {
	t.Helper()
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || !strings.Contains(e.What, what) || e.Next == "" || e.Err == nil || strings.Contains(e.What+e.Next, "\n") {
		t.Errorf("error %#v, want %q", err, what)
	}
}

// files are the names in the store's folder.
func files(t *testing.T, store *Store) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(store.path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWhatIsUpdatedIsLoadedByAnother(t *testing.T) {
	store := newStore(t)
	if diff := cmp.Diff(new(State), load(t, store)); diff != "" {
		t.Error(diff)
	}
	update(t, store, func(s *State) { s.Merge(diligent()) })
	if diff := cmp.Diff(diligent(), load(t, Open(store.path))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"progress.json", "progress.json.lock"}, files(t, store)); diff != "" {
		t.Error(diff)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, mode := range map[string]os.FileMode{store.path: 0o600, filepath.Dir(store.path): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%v %v", info.Mode(), err)
		}
	}
}

func TestTheFileIsForPeopleToRead(t *testing.T) {
	store := newStore(t)
	update(t, store, readPage(1))
	data, err := os.ReadFile(store.path)
	want := `{
 "version": 3,
 "lessons": {
  "tasks": {
   "pages_read": [
    1
   ],
   "page": 1,
   "at": "2026-03-02T09:00:00Z"
  }
 }
}
`
	if diff := cmp.Diff(want, string(data)); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestNoChangeWritesNothing(t *testing.T) {
	store := newStore(t)
	update(t, store, readPage(1))
	before, _ := os.Stat(store.path)
	update(t, store, readPage(1))
	if after, err := os.Stat(store.path); err != nil || !os.SameFile(before, after) {
		t.Error("written anew", err)
	}
}

func TestStoresAtTheSameTimeLoseNothing(t *testing.T) {
	store := newStore(t)
	var writing sync.WaitGroup
	for i := range 4 {
		other := Open(store.path)
		other.patience = time.Minute
		writing.Go(func() {
			for n := range 10 {
				if _, err := other.Update(readPage(1 + 10*i + n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	if n := len(load(t, store).Lessons["tasks"].Read); n != 40 {
		t.Errorf("%d pages", n)
	}
}

// TestWhatCannotBeSavedIsSavedLater: a lock that another holds, a folder in
// the file's place. Nothing is lost, neither on disk nor in memory.
func TestWhatCannotBeSavedIsSavedLater(t *testing.T) {
	for name, test := range map[string]struct {
		what  string
		block func(t *testing.T, store *Store) (unblock func())
	}{
		"the lock is held": {"another gosyncio", func(t *testing.T, store *Store) func() {
			put(t, store, `{"version":1}`)
			lock := flock.New(store.path + ".lock")
			if ok, err := lock.TryLock(); !ok || err != nil {
				t.Fatal(ok, err)
			}
			return func() { lock.Unlock() }
		}},
		"a folder in its place": {"not a file", func(t *testing.T, store *Store) func() {
			if err := makeFolder(filepath.Join(store.path, "x")); err != nil {
				t.Fatal(err)
			}
			return func() { os.RemoveAll(store.path) }
		}},
		"a file in its folder's place": {"needs a folder", func(t *testing.T, store *Store) func() {
			folder := filepath.Dir(store.path)
			if err := makeFolder(filepath.Dir(folder)); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(folder, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			return func() { os.Remove(folder) }
		}},
	} {
		t.Run(name, func(t *testing.T) {
			store := newStore(t)
			store.patience = 10 * time.Millisecond
			unblock := test.block(t, store)
			_, err := store.Update(readPage(1))
			wantError(t, err, test.what)
			_, err = store.Update(func(s *State) { s.Merge(diligent()) })
			wantError(t, err, test.what)
			if s, _, _ := store.Load(); len(s.Answers) != 2 {
				t.Error("what was done is forgotten")
			}
			unblock()
			store.patience = time.Minute
			update(t, store, readPage(3))
			if diff := cmp.Diff([]int{1, 2, 3}, load(t, Open(store.path)).Lessons["tasks"].Read); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestALockFileThatStayedBehindMeansNothing(t *testing.T) {
	store := newStore(t)
	put(t, store, `{"version":1}`)
	for _, leftOver := range []string{".lock", ".new"} {
		if err := os.WriteFile(store.path+leftOver, []byte("left over"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	update(t, store, readPage(1))
	if diff := cmp.Diff([]string{"progress.json", "progress.json.lock"}, files(t, store)); diff != "" {
		t.Error(diff)
	}
}

func TestAChangeThatCannotBeKeptSpoilsNoOther(t *testing.T) {
	store := newStore(t)
	_, err := store.Update(func(s *State) { s.Runs = []Run{{Lesson: "\x1b[2J"}} })
	wantError(t, err, "not printable")
	update(t, store, readPage(1))
}

func TestCheckLeavesNothingBehind(t *testing.T) {
	store := newStore(t)
	if err := store.Check(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(filepath.Dir(store.path))); err == nil {
		t.Error("folders are left")
	}
	put(t, store, "?")
	wantError(t, store.Check(), "is corrupt")
	put(t, store, `{"version":99}`)
	wantError(t, store.Check(), "newer version")
	if diff := cmp.Diff([]string{"progress.json"}, files(t, store)); diff != "" {
		t.Error(diff)
	}
	wantError(t, Open(filepath.Join(store.path, "progress.json")).Check(), "needs a folder")
	wantError(t, Open(filepath.Dir(store.path)).Check(), "not a file")
}
