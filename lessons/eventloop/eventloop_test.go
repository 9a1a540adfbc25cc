package eventloop

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons/lessontest"
)

func TestTimersFireWhenTheirVariantLetsThem(t *testing.T) {
	tests := []struct {
		name    string
		program func(ctx context.Context, a, b, c time.Duration) error
		a, b, c time.Duration
		elapsed time.Duration
		lines   []string
	}{
		{
			name: "sequential: each waits for the one before", program: Sequential,
			a: 1 * time.Second, b: 2 * time.Second, c: 3 * time.Second, elapsed: 6 * time.Second,
			lines: []string{"a set for 1s, fired after 1s", "b set for 2s, fired after 3s", "c set for 3s, fired after 6s"},
		},
		{
			name: "concurrent: all in time", program: Concurrent,
			a: 1 * time.Second, b: 2 * time.Second, c: 3 * time.Second, elapsed: 3 * time.Second,
			lines: []string{"a set for 1s, fired after 1s", "b set for 2s, fired after 2s", "c set for 3s, fired after 3s"},
		},
		{
			name: "loop: all in time", program: Loop,
			a: 1 * time.Second, b: 2 * time.Second, c: 3 * time.Second, elapsed: 3 * time.Second,
			lines: []string{"a set for 1s, fired after 1s", "b set for 2s, fired after 2s", "c set for 3s, fired after 3s"},
		},
		{
			name: "loop: in the order of time, not of asking", program: Loop,
			a: 3 * time.Second, b: 1 * time.Second, c: 2 * time.Second, elapsed: 3 * time.Second,
			lines: []string{"b set for 1s, fired after 1s", "c set for 2s, fired after 2s", "a set for 3s, fired after 3s"},
		},
		{
			name: "blocked: a sleeps for 3s, the others are late", program: blockedFor(3 * time.Second),
			a: 1 * time.Second, b: 2 * time.Second, c: 3 * time.Second, elapsed: 4 * time.Second,
			lines: []string{"a set for 1s, fired after 1s", "b set for 2s, fired after 4s", "c set for 3s, fired after 4s"},
		},
		{
			name: "blocked: as late as the callback sleeps, whatever the timers are", program: blockedFor(1500 * time.Millisecond),
			a: 1 * time.Second, b: 2 * time.Second, c: 3 * time.Second, elapsed: 3 * time.Second,
			lines: []string{"a set for 1s, fired after 1s", "b set for 2s, fired after 2.5s", "c set for 3s, fired after 3s"},
		},
		{
			name: "loop: of those due at once, in the order of asking", program: Loop,
			a: 1 * time.Second, b: 1 * time.Second, c: 1 * time.Second, elapsed: 1 * time.Second,
			lines: []string{"a set for 1s, fired after 1s", "b set for 1s, fired after 1s", "c set for 1s, fired after 1s"},
		},
		{
			name: "blocked: who fired before a was in time", program: blockedFor(time.Second),
			a: 2 * time.Second, b: 5 * time.Second, c: 1 * time.Second, elapsed: 5 * time.Second,
			lines: []string{"c set for 1s, fired after 1s", "a set for 2s, fired after 2s", "b set for 5s, fired after 5s"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return tt.program(ctx, tt.a, tt.b, tt.c)
			})
			if elapsed != tt.elapsed {
				t.Errorf("elapsed = %v, want %v", elapsed, tt.elapsed)
			}
			if diff := cmp.Diff(tt.lines, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// blockedFor is Blocked with a callback that keeps the loop for block.
func blockedFor(block time.Duration) func(ctx context.Context, a, b, c time.Duration) error {
	return func(ctx context.Context, a, b, c time.Duration) error { return Blocked(ctx, a, b, c, block) }
}
