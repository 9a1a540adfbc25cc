// Package runner is the program: its command line, its menu, and the walk
// through a lesson. What is run is in gosyncio/lessons, what is read in
// gosyncio/content; only this package knows both.
package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"gosyncio/runner/player"
	"gosyncio/runner/prompt"
	"gosyncio/runner/terminal"
)

// The exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// Main is the program as a function of its surroundings: args without the
// program's name, and the streams with the environment. It returns the
// exit code, and leaves the terminal as it was whatever happens.
func Main(ctx context.Context, args []string, streams terminal.Streams) int {
	if len(args) > 0 && args[0] == player.ChildCommand {
		return player.Child(args[1:])
	}
	return guard(ctx, streams, func(ctx context.Context) error {
		command := newCommand(streams)
		command.SetArgs(args)
		return command.ExecuteContext(ctx)
	})
}

// guard calls program with a context that a signal ends, and returns the
// exit code. Whether program returns or panics, the terminal is as before.
func guard(ctx context.Context, streams terminal.Streams, program func(context.Context) error) (code int) {
	restore := streams.Save()
	defer restore()
	defer func() {
		if p := recover(); p != nil {
			restore()
			fmt.Fprintf(streams.Err, "gosyncio: a mistake in the program: %v\n\n%s", p, debug.Stack())
			code = exitFailed
		}
	}()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	return report(streams, ctx, program(ctx))
}

// report prints an error, if there is something to say, and gives the exit
// code for it. It is the only place that prints errors.
func report(streams terminal.Streams, ctx context.Context, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil, errors.Is(err, prompt.ErrInterrupted), errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.Is(err, errRunFailed):
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintln(streams.Err, "gosyncio:", usage.what)
		fmt.Fprintln(streams.Err, usage.next)
		return exitUsage
	}
	fmt.Fprintln(streams.Err, "gosyncio:", err)
	return exitFailed
}

// errRunFailed says that a run went wrong, which has been shown already.
var errRunFailed = errors.New("a run failed")
