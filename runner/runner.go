// Package runner is the program as a whole: it becomes a child or runs the
// command line, takes over signals, restores the terminal, and turns the error
// of a command into an exit code. It is the only place that prints that error.
//
// What is run is in gosyncio/lessons, what is read in gosyncio/content, and
// how both are shown in the packages below this one.
package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"

	"gosyncio/lessons"
	"gosyncio/runner/cli"
	"gosyncio/runner/fault"
	"gosyncio/runner/janitor"
	"gosyncio/runner/player"
	"gosyncio/runner/prompt"
	"gosyncio/runner/schedule"
	"gosyncio/runner/terminal"
)

// The exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
	exitUnread      = 141 // as a shell tells of a program that SIGPIPE has ended
)

// memoryGoal is how many bytes the collector of garbage works to stay below:
// what it leaves for later is for other programs.
const memoryGoal = 400 << 20

// Main is the program as a function of its surroundings: args without the
// program's name, and the streams with the environment. It returns the
// exit code, and leaves the terminal as it was whatever happens.
func Main(ctx context.Context, args []string, streams terminal.Streams) int {
	if len(args) > 0 && args[0] == player.ChildCommand {
		return player.Child(args[1:])
	}
	if len(args) > 0 && args[0] == schedule.ChildCommand {
		return schedule.Child(args[1:], os.Stdout)
	}
	if len(args) > 0 && args[0] == janitor.Command {
		return janitor.Run(os.Stdin)
	}
	if streams.Environ.Get("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryGoal)
	}
	player.StartQuietly()
	janitor.Employ()
	defer janitor.Dismiss()
	return run(ctx, args, streams)
}

// run is the command line, in a process that may be somebody else's.
func run(ctx context.Context, args []string, streams terminal.Streams) int {
	terminal.CountNarrow()
	return guard(ctx, streams, func(ctx context.Context) error {
		streams, end := streams.Relayed(ctx)
		defer end()
		return cli.Execute(ctx, cli.New(streams), args)
	})
}

// report prints the error of a command, if there is something to say, and
// returns the exit code for it.
func report(ctx context.Context, streams terminal.Streams, err error) int {
	if e, ok := errors.AsType[*fault.ExitError](err); ok {
		return e.Code
	}
	switch {
	case err == nil, errors.Is(err, prompt.ErrQuit), errors.Is(err, prompt.ErrBack):
		return exitDone
	case ctx.Err() != nil, errors.Is(err, prompt.ErrInterrupted), errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.Is(err, fault.ErrRunFailed):
		return exitFailed
	case errors.Is(err, syscall.EPIPE):
		return exitUnread // whoever reads the output has seen enough
	}
	if e, ok := errors.AsType[*fault.Error](err); ok {
		fmt.Fprintln(streams.Err, "gosyncio:", printable(e.What))
		fmt.Fprintln(streams.Err, printable(e.Next))
		if e.Usage {
			return exitUsage
		}
		return exitFailed
	}
	fmt.Fprintln(streams.Err, "gosyncio:", printable(err.Error()))
	return exitFailed
}

// printable is text that can be shown. Whatever was typed in a wrong place
// may be in it.
func printable(text string) string { return lessons.ConcealAddresses(terminal.Printable(text)) }
