//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package prompt

import "golang.org/x/sys/unix"

// The requests that read and write a terminal's mode. What has been typed
// ahead is kept.
const (
	getMode = unix.TIOCGETA
	setMode = unix.TIOCSETA
)
