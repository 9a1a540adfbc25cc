//go:build !windows

package prompt

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// listen makes file give keys until ctx is done, and sets its terminal's
// mode before anything is shown: no echo, no lines, Ctrl-C and Ctrl-S are
// keys like others. Survey does some of it, but after the first drawing. With
// resizes, reading gives errResized when the window gets another size. The
// caller must close the input, which restores the mode.
func listen(ctx context.Context, file *os.File, resizes bool) (input, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	in := &terminalInput{file: file, fd: int(file.Fd()), ctx: ctx, wake: r, woken: make(chan struct{})}
	in.keyReader.source, in.keyReader.redraws = in, resizes
	in.stop = context.AfterFunc(ctx, func() {
		w.Close()
		close(in.woken)
	})
	in.wakeUp = w
	if in.fd >= unix.FD_SETSIZE || int(r.Fd()) >= unix.FD_SETSIZE {
		in.close()
		return nil, errors.New("too many open files to wait for keys")
	}
	if mode, err := unix.IoctlGetTermios(in.fd, getMode); err == nil { // else it is no terminal
		in.mode = mode
		quiet := *mode
		quiet.Iflag &^= unix.IXON
		quiet.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON | unix.IEXTEN | unix.ISIG
		quiet.Cc[unix.VMIN], quiet.Cc[unix.VTIME] = 1, 0
		if err := unix.IoctlSetTermios(in.fd, setMode, &quiet); err != nil {
			in.close()
			return nil, err
		}
	}
	if resizes {
		in.sizes = make(chan os.Signal, 1)
		signal.Notify(in.sizes, unix.SIGWINCH)
		in.watching.Go(func() {
			for range in.sizes {
				w.Write([]byte{0}) // an error says that ctx is done
			}
		})
	}
	return in, nil
}

// A terminalInput reads a terminal, or whatever file it is given, byte by
// byte: the bytes after a key stay with the terminal.
type terminalInput struct {
	keyReader
	file *os.File
	fd   int
	mode *unix.Termios // as it was

	ctx          context.Context
	stop         func() bool
	wake, wakeUp *os.File // a pipe: a byte is a new size, its end says that ctx is done
	woken        chan struct{}

	sizes    chan os.Signal // nil if nobody wants to know of them
	watching sync.WaitGroup
}

func (in *terminalInput) Fd() uintptr { return uintptr(in.fd) }

// next waits with select, which unlike poll works for a terminal on every
// system.
func (in *terminalInput) next(timeout time.Duration) (byte, bool, error) {
	for {
		var wait *unix.Timeval
		if timeout > 0 {
			wait = new(unix.NsecToTimeval(timeout.Nanoseconds()))
		}
		var ready unix.FdSet
		ready.Set(in.fd)
		ready.Set(int(in.wake.Fd()))
		n, err := unix.Select(max(in.fd, int(in.wake.Fd()))+1, &ready, nil, nil, wait)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return 0, false, os.NewSyscallError("select", err)
		case in.ctx.Err() != nil:
			return 0, false, in.ctx.Err()
		case n == 0:
			return 0, false, nil
		case ready.IsSet(int(in.wake.Fd())):
			var sizes [64]byte
			in.wake.Read(sizes[:])
			return 0, false, errResized
		case !ready.IsSet(in.fd):
			continue
		}
		var b [1]byte
		n, err = unix.Read(in.fd, b[:])
		switch {
		case errors.Is(err, unix.EINTR), errors.Is(err, unix.EAGAIN):
			continue
		case err != nil:
			return 0, false, os.NewSyscallError("read", err)
		case n == 0:
			return 0, false, io.EOF
		}
		return b[0], true, nil
	}
}

// close restores the terminal's mode. It does not close the file.
func (in *terminalInput) close() {
	if in.sizes != nil {
		signal.Stop(in.sizes)
		close(in.sizes)
		in.watching.Wait()
	}
	if in.mode != nil {
		_ = unix.IoctlSetTermios(in.fd, setMode, in.mode) // nothing is left to do about it
	}
	if in.stop() {
		in.wakeUp.Close()
	} else {
		<-in.woken
	}
	in.wake.Close()
}
