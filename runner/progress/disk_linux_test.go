package progress

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mount mounts a small disk for the test, which needs root. remount
// changes its flags.
func mount(t *testing.T) (folder string, remount func(flags uintptr)) {
	t.Helper()
	folder = t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a disk cannot be mounted: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(folder, 0) })
	return folder, func(flags uintptr) {
		if err := syscall.Mount("", folder, "", syscall.MS_REMOUNT|flags, ""); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFullDisk(t *testing.T) {
	folder, _ := mount(t)
	store := Open(filepath.Join(folder, "progress.json"))
	update(t, store, func(s *State) { s.Merge(diligent()) })

	filler, err := os.Create(filepath.Join(folder, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = filler.WriteString(strings.Repeat("x", 512))
	}
	filler.Close()
	_, err = store.Update(readPage(7))
	wantError(t, err, "no room")
	wantError(t, store.Check(), "no room")
	if diff := cmp.Diff(diligent(), load(t, Open(store.path))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"filler", "progress.json", "progress.json.lock"}, files(t, store)); diff != "" {
		t.Error(diff)
	}

	if err := os.Remove(filler.Name()); err != nil {
		t.Fatal(err)
	}
	update(t, store, readPage(8))
	if diff := cmp.Diff([]int{1, 2, 7, 8}, load(t, Open(store.path)).Lessons["tasks"].Read); diff != "" {
		t.Error(diff)
	}
}

func TestADiskThatIsOnlyForReading(t *testing.T) {
	folder, remount := mount(t)
	store := Open(filepath.Join(folder, "progress.json"))
	update(t, store, readPage(1))
	remount(syscall.MS_RDONLY)
	_, err := store.Update(readPage(2))
	wantError(t, err, "no permission")
	wantError(t, store.Check(), "no permission")
	if s := load(t, store); len(s.Lessons["tasks"].Read) != 2 {
		t.Errorf("%+v", s)
	}
	wantError(t, Open(filepath.Join(folder, "new", "progress.json")).Check(), "no permission")
	remount(0)
	update(t, store, readPage(3))

	put(t, store, "?")
	remount(syscall.MS_RDONLY)
	_, _, err = store.Load()
	wantError(t, err, "no permission")
}
