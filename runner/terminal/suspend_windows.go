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
