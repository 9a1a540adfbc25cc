//go:build unix

package progress

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

func TestALinkStaysALink(t *testing.T) {
	store := newStore(t)
	real := Open(filepath.Join(t.TempDir(), "real.json"))
	update(t, real, readPage(1))
	if err := makeFolder(filepath.Dir(store.path)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real.path, store.path); err != nil {
		t.Fatal(err)
	}
	update(t, store, readPage(2))
	if n := len(load(t, real).Lessons["tasks"].Read); n != 2 {
		t.Errorf("%d pages", n)
	}
	if err := os.Rename(real.path, real.path+".moved"); err != nil {
		t.Fatal(err)
	}
	update(t, store, readPage(3)) // to a file that is not there
	if pages := load(t, real).Lessons["tasks"].Read; !slices.Equal(pages, []int{3}) {
		t.Errorf("pages %v", pages)
	}
}

// TestALinkToWhatIsNotThereYet: to a file, to a folder, over other links, from
// a folder that is a link itself.
func TestALinkToWhatIsNotThereYet(t *testing.T) {
	folder := t.TempDir()
	at := func(names ...string) string { return filepath.Join(append([]string{folder}, names...)...) }
	if err := os.MkdirAll(at("deep", "er"), 0o700); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{
		at("file"):                        "real.json",
		at("away"):                        filepath.Join("new", "folder", "real.json"),
		at("folder"):                      "made",
		at("twice"):                       "once",
		at("once"):                        at("absolute.json"),
		at("linked"):                      at("deep", "er"),
		at("deep", "er", "progress.json"): filepath.Join("..", "up.json"),
	} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	for path, real := range map[string]string{
		at("file"):                     at("real.json"),
		at("away"):                     at("new", "folder", "real.json"),
		at("folder", "progress.json"):  at("made", "progress.json"),
		at("twice"):                    at("absolute.json"),
		at("linked", "progress.json"):  at("deep", "up.json"),
		at("linked", "..", "own.json"): at("own.json"), // as Go cleans a path
	} {
		update(t, Open(path), readPage(1))
		if info, err := os.Lstat(real); err != nil || !info.Mode().IsRegular() {
			t.Errorf("%s: %v, %v", path, info, err)
		}
		if n := len(load(t, Open(path)).Lessons["tasks"].Read); n != 1 {
			t.Errorf("%s: %d pages", path, n)
		}
	}
}

func TestLinksInACircle(t *testing.T) {
	folder := t.TempDir()
	one, other, within := filepath.Join(folder, "one"), filepath.Join(folder, "other"), filepath.Join(folder, "one", "progress.json")
	if err := errors.Join(os.Symlink("other", one), os.Symlink("one", other)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{one, within} {
		store := Open(path)
		_, _, err := store.Load()
		wantError(t, err, "its links lead in a circle")
		_, err = store.Update(readPage(1))
		wantError(t, err, "its links lead in a circle")
		wantError(t, store.Check(), "its links lead in a circle")
		_, err = ReadExport(path)
		wantError(t, err, "its links lead in a circle")
		wantError(t, Export(within, diligent()), "its links lead in a circle")
	}
}

// TestAPipeIsNotReadFrom: that would wait for ever.
func TestAPipeIsNotReadFrom(t *testing.T) {
	store := newStore(t)
	if err := makeFolder(filepath.Dir(store.path)); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(store.path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := store.Load()
	wantError(t, err, "not a file")
	_, err = store.Update(readPage(1))
	wantError(t, err, "not a file")
	wantError(t, store.Check(), "not a file")
	_, err = ReadExport(store.path)
	wantError(t, err, "not a file")
}
