package runner

import (
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// A program that has been told to end has a second, whatever else comes, and
// then until the next signal, or for some seconds more.
func TestHowLongAProgramMayTakeToEnd(t *testing.T) {
	t.Parallel()
	const never = time.Hour
	for _, tt := range []struct {
		name         string
		over, signal time.Duration
		ended        bool          // by force
		after        time.Duration // it is known
	}{
		{"it ends at once", 0, never, false, 0},
		{"it ends late", 3 * time.Second, never, false, 3 * time.Second},
		{"a signal comes too soon", 900 * time.Millisecond, 0, false, 900 * time.Millisecond},
		{"it does not end, and a signal came soon", never, 100 * time.Millisecond, true, stuckAfter},
		{"it does not end, and a signal comes", never, 3 * time.Second, true, 3 * time.Second},
		{"it does not end", never, never, true, lostAfter},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				over, signals := make(chan struct{}), make(chan os.Signal, 1)
				time.AfterFunc(tt.over, func() { close(over) })
				time.AfterFunc(tt.signal, func() { signals <- os.Interrupt })
				start, ended := time.Now(), false
				expect(over, signals, func() { ended = true })
				if after := time.Since(start); ended != tt.ended || after != tt.after {
					t.Errorf("ended by force: %v, after %v; want %v, %v", ended, after, tt.ended, tt.after)
				}
				time.Sleep(never)
			})
		})
	}
}
