//go:build unix

package prompt

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"gosyncio/runner/terminal"
)

// listen makes file give keys until ctx is done, and sets its terminal's
// mode before anything is shown: no echo, no lines, Ctrl-C and Ctrl-S are
// keys like others. Survey does some of it, but after the first drawing. With
// again, the question can be put anew: reading then gives errAgain when the
// window gets another size, and errSuspend when the program is to stop. The
// caller must close the input, which restores the mode.
func listen(ctx context.Context, file *os.File, again bool) (input, error) {
	source, err := terminal.NewInput(file)
	if err != nil {
		return nil, err
	}
	in := &terminalInput{file: source, tty: file, fd: int(file.Fd()), ctx: ctx, woken: make(chan struct{})}
	in.keyReader.source, in.keyReader.again = in, again
	in.stop = context.AfterFunc(ctx, func() {
		source.Stop()
		close(in.woken)
	})
	if mode, err := unix.IoctlGetTermios(in.fd, getMode); err == nil { // else it is no terminal
		in.mode = mode
		if err := in.quiet(); err != nil {
			in.close()
			return nil, err
		}
	}
	if again {
		in.signals = make(chan os.Signal, 3)
		in.notify()
		in.watching.Go(func() {
			for s := range in.signals {
				switch {
				case s == syscall.SIGTSTP:
					source.Wake(forSuspend)
				case s == syscall.SIGWINCH:
					source.Wake(forSize)
				case terminal.InForeground(file):
					source.Wake(forResume)
				}
			}
		})
	}
	return in, nil
}

// Why a terminal's input is woken.
const (
	forSize    = 's'
	forSuspend = 'z'
	forResume  = 'c'
)

// A terminalInput reads a terminal, or whatever file it is given, byte by
// byte: the bytes after a key stay with the terminal.
type terminalInput struct {
	keyReader
	file *terminal.Input
	tty  *os.File
	fd   int
	mode *unix.Termios // as it was; nil if it is no terminal

	ctx   context.Context
	stop  func() bool
	woken chan struct{}

	signals  chan os.Signal // nil if nobody wants to know of them
	watching sync.WaitGroup
}

func (in *terminalInput) Fd() uintptr { return uintptr(in.fd) }

// quiet sets the mode in which keys are read.
func (in *terminalInput) quiet() error {
	quiet := *in.mode
	quiet.Iflag &^= unix.IXON
	quiet.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON | unix.IEXTEN | unix.ISIG
	quiet.Cc[unix.VMIN], quiet.Cc[unix.VTIME] = 1, 0
	return unix.IoctlSetTermios(in.fd, setMode, &quiet)
}

func (in *terminalInput) next(timeout time.Duration) (byte, bool, error) {
	var b [1]byte
	n, err := in.file.Read(b[:], timeout)
	switch {
	case err == nil:
		return b[0], n > 0, nil
	case in.ctx.Err() != nil:
		return 0, false, in.ctx.Err()
	case errors.Is(err, terminal.Woken(forSize)):
		return 0, false, errAgain
	case errors.Is(err, terminal.Woken(forResume)):
		_ = in.quiet() // who stopped the program may have changed the mode
		return 0, false, errAgain
	case errors.Is(err, terminal.Woken(forSuspend)):
		return 0, false, errSuspend
	}
	return 0, false, err
}

// notify has the signals sent after which the question is put anew.
func (in *terminalInput) notify() {
	signal.Notify(in.signals, unix.SIGWINCH)
	terminal.NotifySuspend(in.signals)
	terminal.NotifyResume(in.signals)
}

// suspend stops the program, with the terminal as it was before the question.
func (in *terminalInput) suspend() bool {
	if in.mode == nil {
		return true
	}
	if in.signals != nil {
		signal.Stop(in.signals) // the question is put anew in any case
		defer in.notify()
	}
	_ = unix.IoctlSetTermios(in.fd, setMode, in.mode) // nothing is left to do about it
	if !terminal.Suspend(in.ctx, in.tty) {
		in.mode = nil // it is the shell's
		return false
	}
	if mode, err := unix.IoctlGetTermios(in.fd, getMode); err == nil {
		in.mode = mode // the shell's owner may have changed it
	}
	_ = in.quiet()
	return true
}

// close restores the terminal's mode. It does not close the file.
func (in *terminalInput) close() {
	if in.signals != nil {
		signal.Stop(in.signals)
		close(in.signals)
		in.watching.Wait()
	}
	if in.mode != nil {
		_ = unix.IoctlSetTermios(in.fd, setMode, in.mode) // nothing is left to do about it
	}
	if !in.stop() {
		<-in.woken
	}
	in.file.Close()
}
