package tasks

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
	want := []string{"A started", "A finished after 2s", "B started", "B finished after 1s"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestConcurrentTakesTheLongest(t *testing.T) {
	elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Concurrent(ctx, 2*time.Second, time.Second)
	})
	if elapsed != 2*time.Second {
		t.Errorf("elapsed = %v, want 2s", elapsed)
	}
	// Which worker starts first is not determined; which ends first is.
	slices.Sort(lines[:2])
	want := []string{"A started", "B started", "B finished after 1s", "A finished after 2s"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}
