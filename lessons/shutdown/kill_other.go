//go:build !unix

package shutdown

import (
	"context"
	"runtime/trace"
	"time"
)

// kill begins the shutdown at its time, unless ctx ends before: Windows knows
// no signal that a process could send itself, so the context that the signal
// would end is cancelled in its place.
func kill(ctx context.Context, name string, at time.Duration, stop func()) {
	defer trace.StartRegion(ctx, name).End()
	select {
	case <-time.After(at):
		stop()
	case <-ctx.Done():
	}
}
