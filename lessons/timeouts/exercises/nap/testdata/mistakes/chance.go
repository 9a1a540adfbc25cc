// Verdict: wrong
// Says: Sleep returns no error, and context.Cause(ctx) is "the night shift is over"

package nap

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error { // here
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
