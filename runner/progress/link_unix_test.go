//go:build unix

package progress

import (
	"os"
	"path/filepath"
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
	_, err := store.Update(readPage(3))
	wantError(t, err, "no such file")
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
