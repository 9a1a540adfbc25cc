// Verdict: slow
// Says: Sleep takes 1.001s, and could take 1s

package nap

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error { // here
	const look = 7 * time.Millisecond
	for end := time.Now().Add(d); ; {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		left := time.Until(end)
		if left <= 0 {
			return nil
		}
		time.Sleep(min(left, look))
	}
}
