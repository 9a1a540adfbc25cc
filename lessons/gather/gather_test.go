package gather

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons/lessontest"
)

func TestSequentialTakesTheSum(t *testing.T) {
	elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Sequential(ctx, 2*time.Second, time.Second)
	})
	if elapsed != 3*time.Second {
		t.Errorf("elapsed = %v, want 3s", elapsed)
	}
	want := []string{
		"A started", "A finished after 2s", "B started", "B finished after 1s",
		"results[0] = A's result", "results[1] = B's result",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestConcurrentKeepsTheOrderOfTheArguments(t *testing.T) {
	elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Concurrent(ctx, 2*time.Second, time.Second)
	})
	if elapsed != 2*time.Second {
		t.Errorf("elapsed = %v, want 2s", elapsed)
	}
	slices.Sort(lines[:2]) // which worker starts first is not determined
	want := []string{
		"A started", "B started", "B finished after 1s", "A finished after 2s",
		"results[0] = A's result", "results[1] = B's result",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// B fails after a second: a WaitGroup leaves A alone, a group stops it.
func TestASiblingsFailureStopsAInAGroupOnly(t *testing.T) {
	for _, tt := range []struct {
		name    string
		program func(ctx context.Context, a, b time.Duration) error
		elapsed time.Duration
		rest    []string
	}{
		{"failing", Failing, 2 * time.Second, []string{"A finished after 2s", "B: no answer", "A: A's result"}},
		{"grouped", Grouped, time.Second, []string{"B: no answer"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return tt.program(ctx, 2*time.Second, time.Second)
			})
			if elapsed != tt.elapsed {
				t.Errorf("elapsed = %v, want %v", elapsed, tt.elapsed)
			}
			slices.Sort(lines[:2]) // which worker starts first is not determined
			want := append([]string{"A started", "B started"}, tt.rest...)
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}
