// Package metronome calls a function again and again.
package metronome

import (
	"context"
	"sync"
	"time"
)

// Every calls call when one period has passed, when two have
// passed, and so on, with 1, 2 and so on, until ctx ends. A
// call may take longer than a period: no other is late because
// of it. When Every returns, all calls that it began are done.
func Every(ctx context.Context, period time.Duration,
	call func(n int)) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	var wg sync.WaitGroup
	defer wg.Wait()
	for n := 1; ; n++ {
		select {
		case <-ticker.C:
			wg.Go(func() { call(n) })
		case <-ctx.Done():
			return
		}
	}
}
