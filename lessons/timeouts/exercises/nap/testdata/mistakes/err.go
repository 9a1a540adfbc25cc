// Verdict: wrong
// Says: Sleep returns the error "context deadline exceeded", and context.Cause(ctx) is "the night shift is over"

package nap

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error { // here
	if ctx.Err() != nil {
		return ctx.Err()
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
