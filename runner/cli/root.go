// Package cli is the command line: a file for each command, which parses
// what it was given, calls what does the work, and prints what comes of it.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gosyncio/runner/course"
	"gosyncio/runner/environ"
	"gosyncio/runner/exercise"
	"gosyncio/runner/fault"
	"gosyncio/runner/player"
	"gosyncio/runner/practice"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/schedule"
	"gosyncio/runner/screen"
	"gosyncio/runner/source"
	"gosyncio/runner/terminal"
	"gosyncio/runner/walk"
)

// An output is where a command prints.
type output struct {
	terminal.Streams
	noColor bool // --no-color
}

// Colours reports whether what is printed has colours.
func (o *output) Colours() bool { return !o.noColor && o.Streams.Colours() }

// screen is where to show lessons and ask questions, and what to call in the
// end; nil if there is nobody to ask. If that is plain it is made of lines of
// text, without colours unless somebody insists on them (CLICOLOR_FORCE, as
// bixense.com/clicolors has it).
func (o *output) screen(plain bool) (s screen.Any, leave func(), err error) {
	switch {
	case plain, o.Attended() && (!o.Live() || o.Accessible()):
		force := o.Environ.Get("CLICOLOR_FORCE")
		colours := force != "" && force != "0" && !o.noColor && o.Environ.Get("NO_COLOR") == ""
		lines, err := screen.NewLines(o.Streams, colours)
		if err != nil {
			return nil, nil, err
		}
		return lines, lines.Close, nil
	case o.Interactive():
		return screen.New(o.Streams, o.Colours()), func() {}, nil
	}
	return nil, nil, nil
}

// hanging is text behind a label, in lines that break between words where
// the terminal is not wide enough. What is no terminal gets one line, which can
// be searched.
func (o *output) hanging(label, text string, indent int) string {
	width := 1 << 20
	if o.Terminal() {
		width, _ = o.Size()
	}
	return strings.Join(terminal.Hanging(label, text, indent, width), "\n") + "\n"
}

// shown is where to print what has characters that a terminal may not show
// as wide as they should be.
func (o *output) shown() io.Writer {
	if !o.Terminal() {
		return o.Out
	}
	return o.ShownWriter(o.Out)
}

// note says something on the standard error that is no error.
func (o *output) note(text string) {
	if text != "" {
		fmt.Fprintln(o.Err, "gosyncio:", terminal.Printable(text))
	}
}

// keep waits until what was noted in a journal is saved, and says what is worth
// saying of that. It is err, with which a command ends, or else the error for
// what could not be saved; if there are both, what was not saved is said here.
func (o *output) keep(j *progress.Journal, err error) error {
	lost := j.Close()
	switch {
	case lost == nil:
		o.note(j.Notice()) // on a screen that is gone now it may not have been seen
		return err
	case err == nil, errors.Is(err, prompt.ErrQuit), errors.Is(err, prompt.ErrBack):
		return lost
	}
	o.note(lost.Error())
	if e, ok := errors.AsType[*fault.Error](lost); ok {
		o.note(e.Next)
	}
	return err
}

// New is the whole command line. It prints no errors: whoever executes it
// does.
func New(streams terminal.Streams) *cobra.Command {
	out := &output{Streams: streams}
	p := player.New(streams.Environ)
	kept := openProgress(streams.Environ)
	room := func() practice.Room {
		return practice.Room{
			Checker: exercise.NewChecker(streams.Environ),
			Player:  p,
			Journal: progress.NewJournal(kept.store, kept.err),
			Environ: streams.Environ,
			Memory:  workspaceMemory(streams.Environ),
			Editor:  source.Editor(streams.Environ),
			Exec:    screen.New(streams, out.Colours()).Exec,
		}
	}
	tour := func(s screen.Any) *walk.Tour {
		t := walk.NewTour(s, p, progress.NewJournal(kept.store, kept.err))
		t.Room, t.Scheduler = room(), schedule.NewPlayer(streams.Environ)
		t.Programs = walk.Programs{
			Folder: programsFolder(streams.Environ),
			Editor: source.Editor(streams.Environ),
			Exec:   screen.New(streams, out.Colours()).Exec,
		}
		return t
	}
	var plain bool
	root := &cobra.Command{
		Use:   "gosyncio",
		Short: "learn Go concurrency, coming from Python's asyncio",
		Long: `gosyncio teaches Go concurrency to people who know Python's asyncio.
Without a command it opens the menu. With --plain, on a terminal that cannot
move its cursor (TERM=dumb) and where ACCESSIBLE is set, for a screen reader,
everything is lines of text and numbered questions.`,
		Args:          noSuchCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, leave, err := out.screen(plain)
			if err != nil {
				return err
			}
			if s == nil {
				return printOverview(out)
			}
			defer leave()
			t := tour(s)
			return out.keep(t.Journal(), t.Menu(cmd.Context()))
		},
	}
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	root.PersistentFlags().BoolVar(&out.noColor, "no-color", false, "use no colours (also: NO_COLOR)")
	root.Flags().BoolVar(&plain, "plain", false, "lines of text and numbered questions, without moving the cursor")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if cmd.HasSubCommands() {
			if misnamed := cmd.ValidateArgs(cmd.Flags().Args()); misnamed != nil {
				return misnamed // whose flags nobody knows
			}
		}
		what, _, _ := strings.Cut(err.Error(), ": strconv.") // how it was parsed is not for the learner
		return fault.Usage(terminal.Printable(what), fmt.Sprintf("see %s --help", cmd.CommandPath()))
	})
	root.AddCommand(
		newListCommand(out), newReadCommand(out), newRunCommand(out, p), newExportRunsCommand(out, p), newOpenCommand(out),
		newPresentCommand(out, tour), newClassCommand(out, tour), newReviewCommand(out, tour), newDictionaryCommand(out, tour),
		newPracticeCommand(out, room), newCheckCommand(out, room),
		newHintCommand(out, room), newSolutionCommand(out, room), newAnewCommand(out, room),
		newScheduleCommand(out, schedule.NewPlayer(streams.Environ)),
		newWatchCommand(out, p),
		newDoctorCommand(out, p), newProgressCommand(out, kept), newVersionCommand(out))
	root.SetHelpCommand(newHelpCommand())
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			checkShell(cmd)
		}
	}
	return root
}

// programsFolder is where the learner's copies of programs are: beside the
// progress, or among the temporary files if that has no place.
func programsFolder(env environ.Environ) string {
	path, err := progress.Path(env)
	if err != nil {
		return filepath.Join(os.TempDir(), "gosyncio", "programs")
	}
	return filepath.Join(filepath.Dir(path), "programs")
}

// checkShell makes Cobra's completion command answer as ours do when its
// arguments are wrong.
func checkShell(completion *cobra.Command) {
	var names []string
	for _, shell := range completion.Commands() {
		shell.Args = noArguments
		names = append(names, shell.Name())
	}
	completion.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return fault.UnknownName(fmt.Sprintf("unknown shell %q", args[0]), "shells", args[0], names)
	}
	completion.RunE = func(cmd *cobra.Command, args []string) error { return cmd.Help() }
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
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	what := fmt.Sprintf("unknown command %q", args[0])
	if _, err := course.Find(args[0]); err == nil {
		return fault.Usage(what, fmt.Sprintf("it is a lesson: gosyncio run %s, or gosyncio read %s", args[0], args[0]))
	}
	return fault.UnknownName(what, "commands", args[0], commandNames(cmd))
}
