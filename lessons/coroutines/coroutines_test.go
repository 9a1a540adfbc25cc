package coroutines

import (
	"bytes"
	"context"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons/lessontest"
)

func TestSequentialTakesCountDelays(t *testing.T) {
	elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Sequential(ctx, time.Second, 3)
	})
	if elapsed != 3*time.Second {
		t.Errorf("elapsed = %v, want 3s", elapsed)
	}
	want := slices.Repeat([]string{"Hello...", "...World!"}, 3)
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestConcurrentTakesOneDelay(t *testing.T) {
	elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Concurrent(ctx, time.Second, 3)
	})
	if elapsed != time.Second {
		t.Errorf("elapsed = %v, want 1s", elapsed)
	}
	want := []string{"Hello...", "Hello...", "Hello...", "...World!", "...World!", "...World!"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// In a bubble the goroutines live on, so that it can be told how far they
// had come when main returned, and that they needed a second more.
func TestForgottenReturnsBeforeTheWorldIsPrinted(t *testing.T) {
	const world = "...World!"
	var elapsed time.Duration
	var before []byte
	lines := lessontest.Output(t, func() {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			if err := Forgotten(t.Context(), time.Second, 3); err != nil {
				t.Error(err)
			}
			elapsed = time.Since(start)
			time.Sleep(time.Second - 1)
			var err error
			if before, err = os.ReadFile(os.Stdout.Name()); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Nanosecond)
			synctest.Wait()
		})
	})
	if elapsed != 0 {
		t.Errorf("elapsed = %v, want 0s", elapsed)
	}
	if bytes.Contains(before, []byte(world)) {
		t.Errorf("printed within a second: %q", before)
	}
	if !slices.Contains(lines, "main returns") || lines[len(lines)-1] != world {
		t.Errorf("output = %q, want %q and, had main waited, last %q", lines, "main returns", world)
	}
}
