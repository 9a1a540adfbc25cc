package groups

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"gosyncio/lessons/lessontest"
)

// B fails after 1 s. Wait always waits for the others; that is over at once
// only if they are told, and listen.
func TestWaitWaitsForAll(t *testing.T) {
	type program = func(ctx context.Context, a, b, c time.Duration) error
	for _, tt := range []struct {
		name    string
		program program
		elapsed time.Duration
		want    []string // the two in the middle as sorted
	}{
		{"plain", Plain, 2500 * time.Millisecond, []string{"B failed after 1s", "A finished after 2.5s", "C finished after 1.5s", "caught: B: no answer"}},
		{"stopping", Stopping, time.Second, []string{"B failed after 1s", "A gave up", "C gave up", "caught: B: no answer"}},
		{"deaf", Deaf, 2500 * time.Millisecond, []string{"B failed after 1s", "A finished after 2.5s", "C finished after 1.5s", "caught: B: no answer"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return tt.program(ctx, 2500*time.Millisecond, time.Second, 1500*time.Millisecond)
			})
			if elapsed != tt.elapsed {
				t.Errorf("elapsed = %v, want %v", elapsed, tt.elapsed)
			}
			if len(lines) == 4 {
				slices.Sort(lines[1:3]) // who gives up first is not determined
			}
			if diff := cmp.Diff(tt.want, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// All three fail, and all say so. A group hands over one error; joined, they
// are all there, in the order of their places.
func TestAGroupKeepsOneError(t *testing.T) {
	for _, tt := range []struct {
		name    string
		program func(context.Context, time.Duration) error
		rest    []string
	}{
		{"three", Three, []string{"1 of 3 errors arrived"}},
		{"joined", Joined, []string{"3 of 3 errors arrived", "A: no answer", "B: no answer", "C: no answer"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error { return tt.program(ctx, time.Second) })
			if elapsed != time.Second {
				t.Errorf("elapsed = %v, want 1s", elapsed)
			}
			slices.Sort(lines[:3]) // who fails first is not determined
			want := append([]string{"A failed after 1s", "B failed after 1s", "C failed after 1s"}, tt.rest...)
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// What the lesson says of the group's ctx: why it ended, that it has ended
// after Wait in any case, and that Wait says the same each time.
func TestTheContextOfAGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		group, ctx := errgroup.WithContext(t.Context())
		failed := errors.New("no answer")
		group.Go(func() error { return failed })
		group.Go(func() error {
			<-ctx.Done()
			if cause := context.Cause(ctx); cause != failed {
				t.Errorf("the cause is %v", cause)
			}
			return ctx.Err()
		})
		for range 2 {
			if err := group.Wait(); err != failed {
				t.Errorf("Wait returns %v", err)
			}
		}

		group, ctx = errgroup.WithContext(t.Context())
		group.Go(func() error { return nil })
		if err := group.Wait(); err != nil || !errors.Is(ctx.Err(), context.Canceled) {
			t.Errorf("Wait returns %v, and the ctx's error is %v", err, ctx.Err())
		}
	})
}

// What the lesson says of joined errors.
func TestJoinedErrors(t *testing.T) {
	a, b := errors.New("a"), &noAnswer{"b"}
	err := errors.Join(nil, a, nil, b)
	var found *noAnswer
	if err.Error() != "a\nb" || !errors.Is(err, a) || !errors.As(err, &found) || found != b {
		t.Errorf("%q, Is %v, As %v", err, errors.Is(err, a), found)
	}
	if err := errors.Join(nil, nil); err != nil {
		t.Errorf("nothing joined is %v", err)
	}
}

type noAnswer struct{ who string }

func (e *noAnswer) Error() string { return e.who }
