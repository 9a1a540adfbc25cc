package panics

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const index = "runtime error: index out of range [2] with length 2"

func TestTheGoodWorkerGoesOn(t *testing.T) {
	for _, tt := range []struct {
		name         string
		program      func(ctx context.Context, fails, other time.Duration) error
		fails, other time.Duration
		takes        time.Duration
		prints       []string
	}{
		{"recovered", Recovered, time.Second, 2 * time.Second, 2 * time.Second, []string{"bad: recovered " + index, "good is done"}},
		{"handed", Handed, time.Second, 2 * time.Second, 2 * time.Second, []string{"good is done", "main: got panic: " + index}},
		{"handed, the bad one last", Handed, 3 * time.Second, 2 * time.Second, 3 * time.Second, []string{"good is done", "main: got panic: " + index}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			took, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return tt.program(ctx, tt.fails, tt.other)
			})
			if took != tt.takes || !slices.Equal(lines, tt.prints) {
				t.Errorf("took %v, and printed %q; want %v, %q", took, lines, tt.takes, tt.prints)
			}
		})
	}
}

func TestSafely(t *testing.T) {
	if err := safely(func() {}); err != nil {
		t.Error(err)
	}
	if err := safely(func() { panic(io.EOF) }); err == nil || errors.Is(err, io.EOF) || !strings.HasPrefix(err.Error(), "panic: ") {
		t.Errorf("%v", err)
	}
}
