// Verdict: slow
// Says: Sleep takes 1h0m0s, and could take 1s

package nap

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error { // here
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	time.Sleep(d)
	return context.Cause(ctx)
}
