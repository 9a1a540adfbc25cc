//go:build unix

package shutdown

import (
	"context"
	"runtime/trace"
	"syscall"
	"time"
)

// kill sends this process SIGTERM at its time, as whoever stops a server does,
// unless ctx ends before. It must have returned before the signal is not
// listened for any more.
func kill(ctx context.Context, name string, at time.Duration, stop func()) {
	defer trace.StartRegion(ctx, name).End()
	select {
	case <-time.After(at):
		if syscall.Kill(syscall.Getpid(), syscall.SIGTERM) != nil {
			stop()
		}
	case <-ctx.Done():
	}
}
