package runner

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// guard calls program with a context that a signal ends, which is its cause as a
// *fault.SignalError, and returns the exit code. Whether program returns or
// panics, the terminal is as before. If it does neither, the process ends all
// the same, see expect.
func guard(ctx context.Context, streams terminal.Streams, program func(context.Context) error) (code int) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	saved := streams.Save()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, endingSignals()...)
	over := make(chan struct{})
	go func() {
		select {
		case s := <-signals:
			cancel(&fault.SignalError{Signal: s})
			expect(over, signals, func() {
				saved.Abandon()
				os.Exit(exitInterrupted)
			})
		case <-over:
		}
	}()
	defer func() { // last: no signal may come between a program and its clearing up
		close(over)
		signal.Stop(signals)
	}()
	broken := make(chan os.Signal, 1) // pipes: writing to them is an error then, and not the end
	signal.Notify(broken, syscall.SIGPIPE)
	defer signal.Stop(broken)
	defer saved.Restore()
	defer func() {
		if p := recover(); p != nil {
			saved.Reset()
			fmt.Fprintf(streams.Err, "gosyncio: internal error: %s\n\n%s", printable(fmt.Sprint(p)), debug.Stack())
			code = exitFailed
		}
	}()
	return report(ctx, streams, program(ctx))
}

// How long the program may take to end after a signal: that long in any case,
// and then until there is another signal, but not longer than in all.
const (
	stuckAfter = time.Second
	lostAfter  = 20 * time.Second // programs of the learner have some of it to end, too
)

// expect waits until the program is over after a signal. If it does not come to
// that it calls end: somebody waits for what never comes, such as a reader of
// what is written.
func expect(over <-chan struct{}, signals <-chan os.Signal, end func()) {
	stuck, lost := time.After(stuckAfter), time.After(lostAfter)
	select {
	case <-over:
		return
	case <-stuck:
	}
	select {
	case <-over:
	case <-signals:
		end()
	case <-lost:
		end()
	}
}

// endingSignals are the signals that end the program, less those that
// whoever started it wants ignored, as nohup does.
func endingSignals() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}
	return slices.DeleteFunc(signals, signal.Ignored)
}
