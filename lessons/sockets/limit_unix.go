//go:build unix

package sockets

import "syscall"

// fileLimit is how many files the process may have open. At its start the
// Go runtime raised that to what the hard limit allows (syscall's init in
// rlimit.go), so that nothing is left to raise. A process that it starts
// begins with the old limit again.
func fileLimit() (uint64, bool) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, false
	}
	return uint64(limit.Cur), true
}
