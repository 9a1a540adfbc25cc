package progress

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"gosyncio/runner/durable"
)

// errCircle is the error for a link that leads to itself.
var errCircle = errors.New("its links lead in a circle")

// target is the file that path leads to, if it is a link: to another link, or
// to a file that is not there yet.
func target(path string) (string, error) {
	const most = 40 // more than that no system follows
	for range most {
		info, err := os.Lstat(path)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return path, nil // if it cannot be reached, whoever wants it will see
		}
		to, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		path = beside(path, to)
	}
	return "", errCircle
}

// beside is where a link at path leads that says to. Folders on the way may
// be links as well, and then .. is not where it seems.
func beside(path, to string) string {
	if !filepath.IsAbs(to) {
		to = filepath.Dir(path) + string(filepath.Separator) + to
	}
	folder, name := filepath.Split(to)
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		return filepath.Join(real, name)
	}
	return filepath.Clean(to) // the folder is not there yet
}

// makeFolder makes a folder with those above it, for the learner alone,
// and brings the new ones to the disk. A link to a folder that is not there
// has it made.
func makeFolder(folder string) error {
	folder, err := target(folder)
	if err != nil {
		return err
	}
	if info, err := os.Stat(folder); err == nil {
		if !info.IsDir() {
			return &fs.PathError{Op: "mkdir", Path: folder, Err: syscall.ENOTDIR}
		}
		return nil
	}
	parent := filepath.Dir(folder)
	if parent != folder {
		if err := makeFolder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) { // another instance may be quicker
		return err
	}
	return durable.SyncFolder(parent)
}
