// Verdict: wrong
// Says: Every returns after 4.5s, and call 3 is still under way

package metronome

import (
	"context"
	"time"
)

func Every(ctx context.Context, period time.Duration, call func(n int)) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for n := 1; ; n++ {
		select {
		case <-ticker.C:
			go func() { call(n) }() // here
		case <-ctx.Done():
			return
		}
	}
}
