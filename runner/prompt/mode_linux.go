package prompt

import "golang.org/x/sys/unix"

// The requests that read and write a terminal's mode. What has been typed
// ahead is kept.
const (
	getMode = unix.TCGETS
	setMode = unix.TCSETS
)
