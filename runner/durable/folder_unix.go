//go:build unix

package durable

import (
	"errors"
	"os"
	"syscall"
)

// SyncFolder brings to the disk which files a folder has. Some file
// systems cannot, and do it by themselves.
func SyncFolder(folder string) error {
	dir, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
