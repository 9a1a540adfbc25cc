package runner

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"gosyncio/lessons"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/terminal"
)

// app is what all commands share.
type app struct {
	streams terminal.Streams
	noColor bool
	// python finds the interpreter, once.
	python func() (player.Interpreter, error)
	// with are the languages in which the walk runs its lessons.
	with with
	// said are the answers to predictions that have been asked since the
	// start, or nobody, by lesson, question and settings.
	said map[string]int
	// progress keeps what the learner does. It is nil if there is no place
	// for it, and noProgress, a *progress.Error, then says why. See
	// loadProgress and updateProgress, which know that.
	progress   *progress.Store
	noProgress error
	record     *recorder // of what the learner does
}

// colours is whether what the program prints has colours.
func (a *app) colours() bool { return !a.noColor && a.streams.Colours() }

func newApp(ctx context.Context, streams terminal.Streams) *app {
	a := &app{
		streams: streams,
		python:  sync.OnceValues(func() (player.Interpreter, error) { return player.FindPython(ctx, streams.Environ) }),
		with:    withBoth,
		said:    map[string]int{},
	}
	path, err := progress.Path(streams.Environ)
	if err != nil {
		a.noProgress = err
	} else {
		a.progress = progress.Open(path)
	}
	a.record = newRecorder(a.progress, a.noProgress)
	return a
}

// newCommand is the whole command line. Its errors are not printed yet.
func newCommand(ctx context.Context, streams terminal.Streams) *cobra.Command {
	a := newApp(ctx, streams)
	root := &cobra.Command{
		Use:   "gosyncio",
		Short: "learn Go concurrency, coming from Python's asyncio",
		Long: `gosyncio teaches Go concurrency to people who know Python's asyncio.
Without a command it opens the menu.`,
		Args:          a.noSuchCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !streams.Interactive() {
				return a.printOverview()
			}
			return a.menu(cmd.Context())
		},
	}
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	root.PersistentFlags().BoolVar(&a.noColor, "no-color", false, "use no colours (also: NO_COLOR)")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		what, _, _ := strings.Cut(err.Error(), ": strconv.") // how it was parsed is not for the learner
		return &usageError{what, fmt.Sprintf("see %s --help", cmd.CommandPath())}
	})
	root.AddCommand(a.listCommand(), a.readCommand(), a.runCommand(), a.presentCommand(), a.reviewCommand(), a.doctorCommand(), a.progressCommand(), a.versionCommand())
	root.SetHelpCommand(a.helpCommand())
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			checkArguments(cmd)
		}
	}
	return root
}

// checkArguments makes a command of Cobra's own answer as ours do when its
// arguments are wrong.
func checkArguments(cmd *cobra.Command) {
	var names []string
	for _, sub := range cmd.Commands() {
		sub.Args = noArguments
		names = append(names, sub.Name())
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return unknownName(fmt.Sprintf("unknown shell %q", args[0]), "shells", args[0], names)
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return cmd.Help() }
}

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "tell about a command",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return commandNames(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return a.noSuchCommand(cmd.Root(), args)
			}
			var text bytes.Buffer // Cobra does not say whether it could write
			about.InitDefaultHelpFlag()
			about.SetOut(&text)
			if err := about.Help(); err != nil {
				return err
			}
			_, err = a.streams.Out.Write(text.Bytes())
			return err
		},
	}
}

// commandNames are the names of the commands that people use.
func commandNames(root *cobra.Command) []string {
	var names []string
	for _, sub := range root.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			names = append(names, sub.Name())
		}
	}
	return names
}

// noSuchCommand is the error for arguments of the root: they are none of
// the commands.
func (a *app) noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if _, err := lessons.Find(args[0]); err == nil {
		return &usageError{fmt.Sprintf("unknown command %q", args[0]),
			fmt.Sprintf("it is a lesson: gosyncio run %s, or gosyncio read %s", args[0], args[0])}
	}
	return unknownName(fmt.Sprintf("unknown command %q", args[0]), "commands", args[0], commandNames(cmd))
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the version",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, args []string) error {
			version := "(devel)"
			if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
				version = info.Main.Version
			}
			_, err := fmt.Fprintln(a.streams.Out, "gosyncio", version, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
			return err
		},
	}
}

// noArguments refuses arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{fmt.Sprintf("%s takes no arguments, but got %q", cmd.Name(), args[0]), "leave it out"}
	}
	return nil
}

// oneLesson refuses anything but the name of one lesson.
func oneLesson(cmd *cobra.Command, args []string) error {
	if err := aLesson(cmd, args); err != nil {
		return err
	}
	if len(args) > 1 {
		return &usageError{fmt.Sprintf("%s takes one lesson, but got also %q", cmd.Name(), args[1]), "name one lesson at a time"}
	}
	return nil
}

// aLesson refuses arguments that do not begin with the name of a lesson.
func aLesson(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return &usageError{cmd.Name() + " needs a lesson", "the lessons are " + strings.Join(lessonIDs(), ", ")}
	}
	_, err := lessons.Find(args[0])
	return usage("", err)
}

// lessonIDs are the names of the lessons in teaching order.
func lessonIDs() []string {
	var ids []string
	for _, l := range lessons.All() {
		ids = append(ids, l.ID)
	}
	return ids
}

// completeLesson completes the first argument, a lesson, and the others
// with what more gives for that lesson; more may be nil.
func completeLesson(more func(lessons.Lesson) []string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return lessonIDs(), cobra.ShellCompDirectiveNoFileComp
		}
		lesson, err := lessons.Find(args[0])
		if err != nil || more == nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return more(lesson), cobra.ShellCompDirectiveNoFileComp
	}
}
