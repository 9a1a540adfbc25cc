//go:build unix

package terminal

import (
	"errors"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// An Input reads a terminal, or whatever file it is given. Unlike reading the
// file itself, waiting for it can be ended, and what has not been asked for
// stays with the file for whoever reads next.
type Input struct {
	file         *os.File
	wake, wakeUp *os.File // a pipe: a byte is a reason, its end is for good
}

// NewInput is an Input that reads file, which stays the caller's to close.
// The caller must Close the Input.
func NewInput(file *os.File) (*Input, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	in := &Input{file: file, wake: r, wakeUp: w}
	if int(file.Fd()) >= unix.FD_SETSIZE || int(r.Fd()) >= unix.FD_SETSIZE {
		in.Stop()
		in.Close()
		return nil, errors.New("too many open files to wait for keys")
	}
	return in, nil
}

// Fd is that of the file.
func (in *Input) Fd() uintptr { return in.file.Fd() }

// Read waits until there is something to read, for at most timeout if that
// is not 0, and reads it. Nothing has come in time if it returns 0 and no
// error. The error is Woken after a Wake, ErrStopped after a Stop, io.EOF at
// the end of the file, and else what the system says.
func (in *Input) Read(p []byte, timeout time.Duration) (int, error) {
	file, wake := int(in.file.Fd()), int(in.wake.Fd())
	for {
		var wait *unix.Timeval
		if timeout > 0 {
			wait = new(unix.NsecToTimeval(timeout.Nanoseconds()))
		}
		var ready unix.FdSet
		ready.Set(file)
		ready.Set(wake)
		// Select, unlike poll, works for a terminal on every system.
		n, err := unix.Select(max(file, wake)+1, &ready, nil, nil, wait)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return 0, os.NewSyscallError("select", err)
		case n == 0:
			return 0, nil
		case ready.IsSet(wake):
			var reason [1]byte
			if n, _ := in.wake.Read(reason[:]); n == 0 {
				return 0, ErrStopped
			}
			return 0, Woken(reason[0])
		case !ready.IsSet(file):
			continue
		}
		n, err = unix.Read(file, p)
		switch {
		case errors.Is(err, unix.EINTR), errors.Is(err, unix.EAGAIN):
			continue
		case err != nil:
			return 0, os.NewSyscallError("read", err)
		case n == 0:
			return 0, io.EOF
		}
		return n, nil
	}
}

// Wake makes a Read, the one that waits or else the next, return Woken with
// that reason. It may be called at any time.
func (in *Input) Wake(reason byte) { in.wakeUp.Write([]byte{reason}) }

// Stop makes each Read from now on return ErrStopped. It may be called at any
// time.
func (in *Input) Stop() { in.wakeUp.Close() }

// Close frees what an Input that nobody reads any more has needed.
func (in *Input) Close() {
	in.wakeUp.Close()
	in.wake.Close()
}
