// Verdict: leak
// Says: a goroutine is left over that waits in a sleep

package nap

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	done := make(chan struct{})
	go func() {
		time.Sleep(d) // here
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
