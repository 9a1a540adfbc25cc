package metronome

import (
	"context"
	"iter"
	"time"
)

func ticks(ctx context.Context, period time.Duration) iter.Seq[int] {
	return func(yield func(int) bool) {
		next := time.Now()
		for n := 1; ; n++ {
			next = next.Add(period)
			t := time.NewTimer(time.Until(next))
			select {
			case <-ctx.Done():
				t.Stop()
				return
			case <-t.C:
			}
			if !yield(n) {
				return
			}
		}
	}
}

func Every(ctx context.Context, period time.Duration,
	call func(n int)) {
	done := make(chan struct{})
	started := 0
	for n := range ticks(ctx, period) {
		started++
		go func() { defer func() { done <- struct{}{} }(); call(n) }()
	}
	for range started {
		<-done
	}
}
