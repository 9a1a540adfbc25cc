// Verdict: leak
// Says: a goroutine is left over that waits to receive from a channel

package metronome

import (
	"context"
	"sync"
	"time"
)

func Every(ctx context.Context, period time.Duration, call func(n int)) {
	ticker := time.NewTicker(period)
	var wg sync.WaitGroup
	go func() {
		n := 0
		for range ticker.C { // here
			n++
			wg.Go(func() { call(n) })
		}
	}()
	<-ctx.Done()
	ticker.Stop()
	wg.Wait()
}
