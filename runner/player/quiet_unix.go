//go:build unix

package player

import (
	"os"
	"syscall"

	"gosyncio/runner/group"
)

// StartQuietly starts this program again, in its own place, if GODEBUG has it
// print what is not its own: the runtime reads that once, at the start, so it
// is the environment of the process that counts. It returns if there is
// nothing to do, or if it can't.
func StartQuietly() {
	quiet, changed := withoutPrinting(os.Environ())
	if !changed {
		return
	}
	if path, _, err := group.Self(); err == nil {
		syscall.Exec(path, os.Args, quiet)
	}
}
