// Package environ reads the environment that the program was given. The
// process's own is not asked, so that a test, or a child, sees what it was
// handed and nothing else.
package environ

import (
	"cmp"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"gosyncio/runner/janitor"
)

// An Environ is an environment: "name=value" strings, as os.Environ gives
// them.
type Environ []string

// Get is the value of a variable, or "". The last entry counts. On Windows
// names may be spelled in any case.
func (e Environ) Get(name string) string {
	for _, entry := range slices.Backward(e) {
		n, value, _ := strings.Cut(entry, "=")
		if n == name || runtime.GOOS == "windows" && strings.EqualFold(n, name) {
			return value
		}
	}
	return ""
}

// LookPath is the whole path of a program: that of name itself if it is a
// path, or else of the first of that name in the folders of PATH, where a
// shell finds it. Unlike exec.LookPath it takes folders of PATH that are
// relative, too, but not the current folder for an empty one.
//
// The error wraps exec.ErrNotFound, or what kept it from looking.
func (e Environ) LookPath(name string) (string, error) {
	if filepath.Base(name) != name {
		path, err := exec.LookPath(name) // which does not look at PATH then
		if err != nil {
			return "", err
		}
		return filepath.Abs(path)
	}
	for _, folder := range filepath.SplitList(e.Get("PATH")) {
		if folder == "" {
			continue
		}
		folder, err := filepath.Abs(folder)
		if err != nil {
			continue
		}
		path, err := exec.LookPath(filepath.Join(folder, name))
		if err == nil {
			return path, nil
		}
	}
	return "", &exec.Error{Name: name, Err: exec.ErrNotFound}
}

// MkdirTemp makes a new folder for temporary files and returns its path.
// The caller removes it, or if the program is killed the janitor.
func (e Environ) MkdirTemp() (string, error) {
	place := cmp.Or(e.Get("TMPDIR"), "/tmp")
	if runtime.GOOS == "windows" {
		place = cmp.Or(e.Get("TMP"), e.Get("TEMP")) // "" is the system's own
	}
	return MkdirTempIn(place)
}

// MkdirTempIn is MkdirTemp in another place.
func MkdirTempIn(place string) (string, error) {
	folder := filepath.Join(cmp.Or(place, os.TempDir()), "gosyncio-"+rand.Text()) // of 128 bits: there is no other
	whole, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	janitor.Watch(whole) // first: the program may be killed at any time
	if err := os.Mkdir(folder, 0o700); err != nil {
		if failed, ok := errors.AsType[*fs.PathError](err); ok {
			failed.Path = filepath.Dir(folder) // whose fault it is
		}
		return "", err
	}
	return folder, nil
}
