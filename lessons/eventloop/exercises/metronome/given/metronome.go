// Package metronome calls a function again and again.
package metronome

import (
	"context"
	"time"
)

// Every calls call when one period has passed, when two have
// passed, and so on, with 1, 2 and so on, until ctx ends. A
// call may take longer than a period: no other is late because
// of it. When Every returns, all calls that it began are done.
func Every(ctx context.Context, period time.Duration,
	call func(n int)) {
	for n := 1; ctx.Err() == nil; n++ {
		time.Sleep(period)
		call(n)
	}
}
