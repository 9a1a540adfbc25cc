//go:build unix

package group

import (
	"io"
	"os"
	"syscall"
	"time"
)

// rest reads what is in a pipe, and waits for nothing: io.EOF says that it is
// empty.
func rest(pipe *os.File, p []byte) (n int, err error) {
	if err := pipe.SetReadDeadline(time.Time{}); err != nil {
		return 0, err
	}
	raw, err := pipe.SyscallConn()
	if err != nil {
		return 0, err
	}
	var failed error
	err = raw.Read(func(fd uintptr) (done bool) {
		for {
			n, failed = syscall.Read(int(fd), p)
			if failed != syscall.EINTR {
				return true
			}
		}
	})
	n = max(n, 0)
	switch {
	case err != nil:
		return n, err
	case failed == syscall.EAGAIN, failed == nil && n == 0 && len(p) > 0:
		return 0, io.EOF
	}
	return n, failed
}
