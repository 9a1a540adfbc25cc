//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"syscall"
	"time"
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

// CanSuspend reports whether the program may stop for a while.
func CanSuspend() bool { return !signal.Ignored(syscall.SIGTSTP) }

// Suspend stops the program, and what belongs to the same job of the shell,
// as Ctrl-Z does. It returns when the job goes on: at once if there is no
// shell that could see to that, for then the system does not stop it.
//
// The children of a run are jobs of their own and go on: whoever suspended the
// program with the intent to do something else would otherwise find that a
// run, which is timed by a clock that does not stop, took as long as that. Who
// shows a run must reckon with it that nobody has read meanwhile what it said.
func Suspend() {
	const longEnough = 100 * time.Millisecond // to be stopped, after the system was asked to
	resumed := make(chan os.Signal, 1)
	signal.Notify(resumed, syscall.SIGCONT)
	defer signal.Stop(resumed)
	// SIGTTIN stops as SIGTSTP does, and where there is no shell neither does.
	// But SIGTSTP no longer stops a Go program that has once asked to be told
	// of it.
	if syscall.Kill(0, syscall.SIGTTIN) != nil {
		return
	}
	select {
	case <-resumed:
	case <-time.After(longEnough):
	}
}
