package terminal

import (
	"context"
	"os"
)

// NotifySuspend sends nothing: there is no such thing here.
func NotifySuspend(c chan<- os.Signal) {}

// CanSuspend reports whether the program may stop for a while.
func CanSuspend() bool { return false }

// Suspend does nothing here.
func Suspend(ctx context.Context, tty *os.File) bool { return true }

// NotifyResume sends nothing here.
func NotifyResume(c chan<- os.Signal) {}

// InForeground reports whether the terminal tty is the program's: always.
func InForeground(tty *os.File) bool { return true }
