// Verdict: race
// Says: here what another goroutine

package metronome

import (
	"context"
	"sync"
	"time"
)

func Every(ctx context.Context, period time.Duration, call func(n int)) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	var wg sync.WaitGroup
	defer wg.Wait()
	n := 0
	for {
		select {
		case <-ticker.C:
			wg.Go(func() {
				n++ // here
				call(n)
			})
		case <-ctx.Done():
			return
		}
	}
}
