// Package durable writes files that are there, whole, after a crash.
package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/natefinch/atomic"
)

// Replace puts data in place of the file at path, for its owner alone. Whatever
// happens, that is either the old file or the new one, whole. The caller holds
// a lock that keeps others from it: the temporary file has one name, path with
// .new behind it, and if a program dies over it the next one clears it up.
//
// atomic.WriteFile would do less: it syncs no folder, leaves a file with a
// new name behind each time, and hides the cause of its errors.
func Replace(path string, data []byte) error {
	temporary := path + ".new"
	if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := Create(temporary, data); err != nil {
		return err
	}
	if err := atomic.ReplaceFile(temporary, path); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return SyncFolder(filepath.Dir(path))
}

// Create writes a new file, for its owner alone, and brings it to the disk; one
// that is there already is an error. It leaves nothing behind if it fails.
func Create(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
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
