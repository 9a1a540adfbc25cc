package timeouts

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The deadline ends nothing: the report takes as long as it takes, and its
// error is nil. One that listens ends with the deadline.
func TestReportsAndTheirLimits(t *testing.T) {
	const cut = "report: context deadline exceeded"
	for _, tt := range []struct {
		name        string
		program     func(ctx context.Context, limit, work time.Duration) error
		limit, work time.Duration
		want        time.Duration
		lines       []string // in any order, for what happens at the same moment
	}{
		{"deaf", Deaf, time.Second, 3 * time.Second, 3 * time.Second, []string{"limit is over", "report: done"}},
		{"listening", Listening, time.Second, 3 * time.Second, time.Second, []string{"limit is over", cut}},
		{"deaf, in time", Deaf, 2 * time.Second, time.Second, time.Second, []string{"report: done"}},
		{"listening, in time", Listening, 2 * time.Second, time.Second, time.Second, []string{"report: done"}},
		{"listening, no time", Listening, 0, time.Second, 0, []string{"limit is over", cut}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return tt.program(ctx, tt.limit, tt.work)
			})
			if elapsed != tt.want {
				t.Errorf("elapsed = %v, want %v", elapsed, tt.want)
			}
			slices.Sort(lines)
			if diff := cmp.Diff(tt.lines, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// The deadline is seen at once by who looks: the lane limit ends before the
// deaf report does.
func TestTheLimitIsOverBeforeTheDeafReport(t *testing.T) {
	_, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
		return Deaf(ctx, time.Second, 3*time.Second)
	})
	if diff := cmp.Diff([]string{"limit is over", "report: done"}, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// An outer deadline ends what has a longer one of its own, and can't be put
// off by it: what the text says of limits in limits.
func TestTheShorterLimitHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outer, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		lessontest.Output(t, func() {
			if err := Listening(outer, time.Hour, 2*time.Hour); err != nil {
				t.Error(err)
			}
		})
		if took := time.Since(start); took != time.Second {
			t.Errorf("took %v, want 1s", took)
		}
	})
}

// context.Cause says which limit it was; Err says deadline exceeded of each.
func TestTheCauseSaysWhichLimitItWas(t *testing.T) {
	ctx, cancel := context.WithTimeoutCause(t.Context(), 0, errOver)
	defer cancel()
	if err := ctx.Err(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Err = %v", err)
	}
	if cause := context.Cause(ctx); cause != errOver {
		t.Errorf("Cause = %v", cause)
	}
}

// Who has a limit gives up, whichever of the two it is. Who has none waits.
func TestClientsWithoutALimitWaitOn(t *testing.T) {
	server, err := Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	lines := lessontest.Output(t, func() {
		if err := Client(t.Context(), server.URL, 20*time.Millisecond, 500*time.Millisecond); err != nil {
			t.Error(err)
		}
	})
	if len(lines) != 3 {
		t.Fatalf("output = %q, want 3 lines", lines)
	}
	slices.Sort(lines[:2])
	if diff := cmp.Diff([]string{"Timeout: gave up", "ctx: gave up", "neither: waits on"}, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// http.DefaultClient, which http.Get uses, has no limit.
func TestTheDefaultClientHasNoTimeout(t *testing.T) {
	if http.DefaultClient.Timeout != 0 {
		t.Errorf("Timeout = %v", http.DefaultClient.Timeout)
	}
}

func TestClosingTheServerEndsItsConnections(t *testing.T) {
	server, err := Serve()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	lines := lessontest.Output(t, func() {
		go func() {
			defer close(done)
			get(t.Context(), "A", server.URL, 0)
		}()
		for {
			server.mu.Lock()
			n := len(server.conns)
			server.mu.Unlock()
			if n > 0 {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-done
	})
	if len(lines) != 1 || lines[0] == "A: done" {
		t.Errorf("output = %q, want that there was no answer", lines)
	}
}
