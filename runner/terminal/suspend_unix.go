//go:build unix

package terminal

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// NotifySuspend sends to c when somebody wants the program to stop for a
// while, as kill -TSTP does: whoever has changed the terminal must put it back
// before. Who started the program may not want that at all, and then nothing
// is sent. The caller must signal.Stop(c).
func NotifySuspend(c chan<- os.Signal) {
	if CanSuspend() {
		signal.Notify(c, syscall.SIGTSTP)
	}
}

// NotifyResume sends to c when the program goes on after it was stopped, also
// by kill -STOP, of which it cannot hear before: the terminal has had another
// owner then, if it is the program's again at all, see InForeground. The caller
// must signal.Stop(c).
func NotifyResume(c chan<- os.Signal) { signal.Notify(c, syscall.SIGCONT) }

// CanSuspend reports whether the program may stop for a while.
func CanSuspend() bool { return !signal.Ignored(syscall.SIGTSTP) }

// Suspend stops the program, and what belongs to the same job of the shell,
// as Ctrl-Z does. It returns when the job has been brought back to the
// foreground of the terminal tty: at once if there is no shell that could do
// that, for then the system does not stop it. In the background it goes on
// only if ctx ends, as it does when a job is killed that is stopped. Suspend
// then returns false, and the terminal, which is the shell's, must be left
// alone.
//
// The children of a run are jobs of their own and go on: a run is timed by a
// clock that does not stop, and would seem to have taken as long as the
// program was stopped. Who shows a run must reckon with it that nobody has
// read meanwhile what it said.
func Suspend(ctx context.Context, tty *os.File) bool {
	const longEnough = 100 * time.Millisecond // for the system to do what it was asked to
	resumed := make(chan os.Signal, 1)
	signal.Notify(resumed, syscall.SIGCONT)
	defer signal.Stop(resumed)
	for {
		// SIGTTIN stops as SIGTSTP does, and where there is no shell neither
		// does. But SIGTSTP no longer stops a Go program that has once asked
		// to be told of it.
		if syscall.Kill(0, syscall.SIGTTIN) != nil {
			return true
		}
		if !hears(resumed, longEnough) {
			// Time went on while the program was stopped, so that it was up
			// before SIGCONT could be heard, which is not for who comes next.
			hears(resumed, longEnough)
		}
		if InForeground(tty) {
			return true
		}
		select {
		case <-ctx.Done(): // the signal for that came with SIGCONT
			return false
		case <-time.After(longEnough):
		}
		if InForeground(tty) {
			return true
		}
	}
}

// hears reports whether a signal came in time.
func hears(c <-chan os.Signal, timeout time.Duration) bool {
	select {
	case <-c:
		return true
	case <-time.After(timeout):
		return false
	}
}

// InForeground reports whether the terminal tty is the program's, or none.
func InForeground(tty *os.File) bool {
	group, err := unix.IoctlGetInt(int(tty.Fd()), unix.TIOCGPGRP)
	return err != nil || group == syscall.Getpgrp()
}
