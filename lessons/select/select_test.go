package selects

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// printed is the output of a reader that got so many messages.
func printed(messages int, end string) (lines []string) {
	for n := range messages {
		lines = append(lines, fmt.Sprintf("message %d", n+1))
	}
	return append(lines, end)
}

// A limit in the loop begins anew with each message.
func TestIdleGivesUpOnlyWhenNothingComesForSoLong(t *testing.T) {
	for _, tt := range []struct {
		messages     int
		every, limit time.Duration
		elapsed      time.Duration
		lines        []string
	}{
		{8, 300 * time.Millisecond, time.Second, 2400 * time.Millisecond, printed(8, "that was all")},
		{100, 999 * time.Millisecond, time.Second, 99900 * time.Millisecond, printed(100, "that was all")},
		{8, 1001 * time.Millisecond, time.Second, time.Second, printed(0, "gave up")},
	} {
		elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
			return Idle(ctx, tt.messages, tt.every, tt.limit)
		})
		if elapsed != tt.elapsed {
			t.Errorf("%d messages every %v, limit %v: elapsed = %v, want %v", tt.messages, tt.every, tt.limit, elapsed, tt.elapsed)
		}
		if diff := cmp.Diff(tt.lines, lines); diff != "" {
			t.Errorf("%d messages every %v, limit %v: output (-want +got):\n%s", tt.messages, tt.every, tt.limit, diff)
		}
	}
}

// A limit outside of the loop is one for all messages.
func TestOverallGivesUpWhenTheLimitIsOver(t *testing.T) {
	for _, tt := range []struct {
		messages     int
		every, limit time.Duration
		elapsed      time.Duration
		lines        []string
	}{
		{8, 300 * time.Millisecond, time.Second, time.Second, printed(3, "gave up")},
		{3, 300 * time.Millisecond, time.Second, 900 * time.Millisecond, printed(3, "that was all")},
		{8, 1001 * time.Millisecond, time.Second, time.Second, printed(0, "gave up")},
	} {
		elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
			return Overall(ctx, tt.messages, tt.every, tt.limit)
		})
		if elapsed != tt.elapsed {
			t.Errorf("%d messages every %v, limit %v: elapsed = %v, want %v", tt.messages, tt.every, tt.limit, elapsed, tt.elapsed)
		}
		if diff := cmp.Diff(tt.lines, lines); diff != "" {
			t.Errorf("%d messages every %v, limit %v: output (-want +got):\n%s", tt.messages, tt.every, tt.limit, diff)
		}
	}
}

// taken are the numbers that Fair and First print.
func taken(t *testing.T, program func(context.Context, int) error, rounds int) (left, right int) {
	t.Helper()
	_, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error { return program(ctx, rounds) })
	if len(lines) != 2 {
		t.Fatalf("output = %q, want two lines", lines)
	}
	var ofLeft, ofRight int
	if _, err := fmt.Sscanf(lines[0], "left: %d of %d", &left, &ofLeft); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(lines[1], "right: %d of %d", &right, &ofRight); err != nil {
		t.Fatal(err)
	}
	if ofLeft != rounds || ofRight != rounds || left+right != rounds {
		t.Errorf("output = %q, want %d rounds in all", lines, rounds)
	}
	return left, right
}

// About half of the rounds take each: fewer than 400 of 1000 come once in ten
// thousand million runs.
func TestFairTakesEachAboutHalfTheTime(t *testing.T) {
	for range 20 {
		left, right := taken(t, Fair, 1000)
		if left < 400 || right < 400 {
			t.Errorf("left %d, right %d, want about half of each", left, right)
		}
	}
}

func TestFirstTakesLeftAlways(t *testing.T) {
	if left, right := taken(t, First, 1000); left != 1000 || right != 0 {
		t.Errorf("left %d, right %d, want left alone", left, right)
	}
}

// What the text says of select besides.
func TestWhatSelectDoes(t *testing.T) {
	// The channel that is not chosen keeps its value.
	left, right := full(10), full(10)
	for range 10 {
		select {
		case <-left:
		case <-right:
		}
	}
	if len(left)+len(right) != 10 {
		t.Errorf("%d values are left, want 10", len(left)+len(right))
	}

	// What a case sends is worked out before it is known which is taken.
	calls := 0
	value := func() int { calls++; return 1 }
	ready, none := full(1), make(chan int)
	select {
	case none <- value():
	case <-ready:
	}
	if calls != 1 {
		t.Errorf("the value to send was worked out %d times, want once", calls)
	}

	// A default is taken when nothing else is ready, and a nil channel never
	// is.
	var never chan int
	select {
	case <-never:
		t.Error("a nil channel was ready")
	default:
	}

	// A closed channel is ready, always.
	closed := make(chan int)
	close(closed)
	for range 3 {
		select {
		case _, ok := <-closed:
			if ok {
				t.Error("a closed channel gave a value")
			}
		default:
			t.Error("a closed channel is not ready")
		}
	}

	// A timer that is reset begins anew, and one for all does not.
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		timer := time.NewTimer(time.Second)
		for range 3 {
			time.Sleep(900 * time.Millisecond)
			timer.Reset(time.Second)
		}
		<-timer.C
		if took, want := time.Since(start), 3700*time.Millisecond; took != want {
			t.Errorf("the timer went off after %v, want %v", took, want)
		}
	})
}
