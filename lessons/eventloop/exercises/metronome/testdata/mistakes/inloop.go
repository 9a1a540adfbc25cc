// Verdict: wrong
// Says: Every makes call 2 after 3.2s, but it is due after 2s

package metronome

import (
	"context"
	"time"
)

func Every(ctx context.Context, period time.Duration, call func(n int)) { // here
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for n := 1; ; n++ {
		select {
		case <-ticker.C:
			call(n)
		case <-ctx.Done():
			return
		}
	}
}
