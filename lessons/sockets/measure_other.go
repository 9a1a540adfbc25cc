//go:build !linux

package sockets

// resident cannot be told here.
func resident() int64 { return 0 }

// threads is how many threads the process has started.
func threads() int { return threadsCreated() }
