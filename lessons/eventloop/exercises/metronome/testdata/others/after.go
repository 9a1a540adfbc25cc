package metronome

import (
	"context"
	"sync"
	"time"
)

func Every(ctx context.Context, period time.Duration,
	call func(n int)) {
	var wg sync.WaitGroup
	start := time.Now()
	var arm func(n int) *time.Timer
	var mu sync.Mutex
	var last *time.Timer
	wg.Add(1)
	arm = func(n int) *time.Timer {
		return time.AfterFunc(time.Until(start.Add(time.Duration(n)*period)), func() {
			mu.Lock()
			if ctx.Err() != nil {
				mu.Unlock()
				return
			}
			wg.Add(1)
			last = arm(n + 1)
			mu.Unlock()
			defer wg.Done()
			call(n)
		})
	}
	mu.Lock()
	last = arm(1)
	mu.Unlock()
	<-ctx.Done()
	mu.Lock()
	last.Stop()
	mu.Unlock()
	wg.Done()
	wg.Wait()
}
