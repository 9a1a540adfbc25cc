//go:build unix

package class

import "syscall"

// openFiles is how many files the process may have open. At its start the Go
// runtime raised that to what the hard limit allows.
func openFiles() (uint64, bool) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, false
	}
	return uint64(limit.Cur), true
}
