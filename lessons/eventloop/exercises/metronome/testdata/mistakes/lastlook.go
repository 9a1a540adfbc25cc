// Verdict: wrong
// Says: Every makes a call after 5s, but ctx ended after 4.5s

package metronome

import (
	"context"
	"sync"
	"time"
)

func Every(ctx context.Context, period time.Duration, call func(n int)) { // here
	var wg sync.WaitGroup
	for n := 1; ctx.Err() == nil; n++ {
		time.Sleep(period)
		wg.Go(func() { call(n) })
	}
	wg.Wait()
}
