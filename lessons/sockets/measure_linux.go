package sockets

import (
	"fmt"
	"os"
	"strings"
)

// resident is how many bytes of memory the process has, 0 if that cannot
// be told.
func resident() int64 {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages int64
	if _, err := fmt.Sscan(string(statm), &size, &pages); err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// threads is how many threads the process has.
func threads() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return threadsCreated()
	}
	_, after, _ := strings.Cut(string(status), "\nThreads:")
	var n int
	if _, err := fmt.Sscan(after, &n); err != nil {
		return threadsCreated()
	}
	return n
}
