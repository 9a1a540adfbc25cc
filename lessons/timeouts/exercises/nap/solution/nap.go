// Package nap sleeps, and listens meanwhile.
package nap

import (
	"context"
	"time"
)

// Sleep sleeps for d and returns nil, or until ctx ends and
// returns why: context.Cause(ctx). If ctx has ended already,
// it returns that at once. It leaves nothing behind.
func Sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
