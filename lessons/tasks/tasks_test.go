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

// B is done after a second, and A is cancelled then. Only who listens ends.
func TestCancellingEndsWhoListens(t *testing.T) {
	for _, tt := range []struct {
		name    string
		program func(ctx context.Context, a, b time.Duration) error
		elapsed time.Duration
		last    string
	}{
		{"cancelled", Cancelled, 2 * time.Second, "A finished after 2s"},
		{"listening", Listening, time.Second, "A was cancelled"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return tt.program(ctx, 2*time.Second, time.Second)
			})
			if elapsed != tt.elapsed {
				t.Errorf("elapsed = %v, want %v", elapsed, tt.elapsed)
			}
			slices.Sort(lines[:2]) // which worker starts first is not determined
			want := []string{"A started", "B started", "B finished after 1s", tt.last}
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// There is nothing to cancel when A is done before B.
func TestCancellingComesTooLateForADoneWorker(t *testing.T) {
	_, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Listening(ctx, time.Second, 2*time.Second)
	})
	slices.Sort(lines[:2])
	want := []string{"A started", "B started", "A finished after 1s", "B finished after 2s"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}
