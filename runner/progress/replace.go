package progress

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/natefinch/atomic"
)

// replace puts data in place of the file at path. Whatever happens, that
// is either the old file or the new one, whole. The caller holds the lock:
// the temporary file has one name, and if a program dies over it the next
// one clears it up.
//
// atomic.WriteFile would do less: it syncs no folder, leaves a file with a
// new name behind each time, and hides the cause of its errors.
func replace(path string, data []byte) error {
	temporary := path + ".new"
	if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := create(temporary, data, 0o600); err != nil {
		return err
	}
	if err := atomic.ReplaceFile(temporary, path); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return syncFolder(filepath.Dir(path))
}

// create writes a new file and brings it to the disk; one that is there
// already is an error. It leaves nothing behind if it fails.
func create(path string, data []byte, mode fs.FileMode) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
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
	return syncFolder(parent)
}
