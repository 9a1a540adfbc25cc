package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gosyncio/runner/export"
	"gosyncio/runner/fault"
	"gosyncio/runner/follow"
	"gosyncio/runner/overlay"
	"gosyncio/runner/player"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
	"gosyncio/runner/watch"
)

// watching is what the command is asked for.
type watching struct {
	overlay.Options          // for what is in Go
	targets         []string // as they were named
	args            []string // for all of them
	json, plain     bool
	in, out         bool
	record          string // the file for what was recorded; "" is none
	force           bool   // whatever is in that file
}

func newWatchCommand(out *output, p *player.Player) *cobra.Command {
	var w watching
	cmd := &cobra.Command{
		Use:   "watch [FLAG...] TARGET [TARGET] [ARG...]",
		Short: "your own program on the live timeline: Go, asyncio, or one beside the other",
		Long: `Run a program of your own and show what its goroutines, or its asyncio tasks,
do while it runs. Nothing of it is changed. A target is a folder with a Go
program, a Go file (several of one package: a.go,b.go), an import path, or an
asyncio script. A Go program and a script are started together.

What comes behind the targets, or behind --, is for the programs, and flags of
watch stand in front of it. With arguments that begin with -test. a package's
tests are run, each a lane.

The exit status is that of the program. Nothing is fetched to build it. In its
environment is GOSYNCIO_RUN, by which what it leaves behind is found and ended.`,
		Example: `  gosyncio watch --example
  gosyncio watch .
  gosyncio watch ./cmd/server -addr localhost:8080
  gosyncio watch script.py
  gosyncio watch ours.py ./ours -- -n 10
  gosyncio watch ./pool -test.run TestClose
  gosyncio watch --record server.json ./cmd/server
  gosyncio export server.json --to trace -o server.trace.json`,
		DisableFlagsInUseLine: true,
		DisableFlagParsing:    true, // what is not ours is the program's
		RunE: func(cmd *cobra.Command, args []string) error {
			own := w.divide(cmd.Flags(), args)
			if err := cmd.Flags().Parse(own); errors.Is(err, pflag.ErrHelp) {
				return cmd.Help()
			} else if err != nil {
				return cmd.FlagErrorFunc()(cmd, err)
			}
			if help, _ := cmd.Flags().GetBool("help"); help {
				return cmd.Help()
			}
			if cmd.Flags().Changed(exampleFlag) {
				folder, _ := cmd.Flags().GetString(exampleFlag)
				return writeExample(out, folder, slices.Concat(w.targets, w.args))
			}
			if err := w.check(); err != nil {
				return err
			}
			return w.run(cmd.Context(), out, p)
		},
	}
	cmd.Flags().StringVar(&w.Tags, "tags", "", "build with these `tags`, separated by commas")
	cmd.Flags().BoolVar(&w.Leaks, "leaks", false, "have the Go runtime look for goroutines that leak, too")
	cmd.Flags().BoolVar(&w.in, "in", false, "let the program read from the standard input")
	cmd.Flags().BoolVar(&w.out, "out", false, "pass on what the program prints, unchanged; what is said of it goes to stderr")
	cmd.Flags().StringVar(&w.record, "record", "", "write what was recorded to `FILE`, for gosyncio export")
	cmd.Flags().BoolVar(&w.force, "force", false, "replace the FILE of --record, whatever it is")
	cmd.Flags().BoolVar(&w.json, "json", false, "print one JSON object at the end")
	cmd.Flags().BoolVar(&w.plain, "plain", false, "print lines of text, without moving the cursor")
	addExampleFlag(cmd)
	return cmd
}

// divide divides arguments into our flags, the targets, and what is for the
// programs: all from the first on that is neither a flag of ours nor a target,
// or from behind "--". Behind a "--" in front of the targets nothing is a flag
// of ours.
func (w *watching) divide(flags *pflag.FlagSet, args []string) (own []string) {
	w.targets, w.args = nil, nil
	unflagged := false
	for i := 0; i < len(args); i++ {
		arg := args[i]
		name, _, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		flag := flags.Lookup(name)
		switch {
		case arg == "--" && len(w.targets) == 0 && !unflagged:
			unflagged = true
		case arg == "--":
			w.args = args[i+1:]
			return own
		case len(w.targets) == 0 && (unflagged || !isFlag(arg)), len(w.targets) == 1 && !isFlag(arg) && other(w.targets[0], arg):
			w.targets = append(w.targets, arg)
		case !unflagged && (arg == "-h" || strings.HasPrefix(arg, "--") && flag != nil):
			own = append(own, arg)
			if flag != nil && !hasValue && flag.NoOptDefVal == "" && i+1 < len(args) {
				i++
				own = append(own, args[i])
			}
		case len(w.targets) == 0:
			return append(own, arg) // which says what is wrong with it
		default:
			w.args = args[i:]
			return own
		}
	}
	return own
}

// isFlag reports whether an argument is a flag, of ours or of a program.
func isFlag(arg string) bool { return strings.HasPrefix(arg, "-") && arg != "-" }

// isScript reports whether a target is in Python.
func isScript(target string) bool { return strings.EqualFold(filepath.Ext(target), ".py") }

// check says what cannot be watched, or not so.
func (w *watching) check() error {
	switch {
	case len(w.targets) == 0:
		return fault.Usage("watch needs a program", "name a folder with a Go program, a Go file, or an asyncio script: gosyncio watch .")
	case w.force && w.record == "":
		return fault.Usage("--force is for the file of --record", "leave it out, or add --record FILE")
	case w.json && w.plain:
		return fault.Usage("--json and --plain exclude each other", "choose one of them")
	case w.json && w.out:
		return fault.Usage("--json and --out both want the standard output", "leave one out")
	case w.in && len(w.targets) > 1:
		return fault.Usage("two programs cannot both read the standard input", "watch one, or leave out --in")
	}
	w.Test = slices.ContainsFunc(w.args, func(arg string) bool { return strings.HasPrefix(strings.TrimLeft(arg, "-"), "test.") })
	return nil
}

// other reports whether a second argument is a target, too: one in the other
// language than the first, that is there.
func other(first, second string) bool {
	if isScript(first) == isScript(second) {
		return false
	}
	_, err := os.Stat(strings.Split(second, ",")[0])
	return err == nil || isScript(second)
}

// programs makes all ready to be started, or none.
func (w *watching) programs(ctx context.Context, out *output, p *player.Player) (programs []*follow.Program, err error) {
	for _, target := range w.targets {
		var program *follow.Program
		if isScript(target) {
			program, err = follow.Python(context.WithoutCancel(ctx), p, target, w.args, !w.out)
		} else {
			o := w.Options
			o.Target = target
			program, err = follow.Go(ctx, out.Environ, o, w.args)
		}
		if err != nil {
			for _, made := range programs {
				made.Clear()
			}
			return nil, err
		}
		programs = append(programs, program)
	}
	return programs, nil
}

func (w *watching) run(ctx context.Context, out *output, p *player.Player) error {
	if w.record != "" {
		if err := export.MayReplace(w.record, w.force); err != nil {
			return err // before anything is run
		}
	}
	programs, err := w.programs(ctx, out, p)
	if e, ok := errors.AsType[*overlay.UnbuiltError](err); ok {
		fmt.Fprintf(out.Err, "gosyncio: %s does not compile\n", terminal.Printable(e.Target))
		for _, line := range e.Lines {
			fmt.Fprintln(out.Err, terminal.Printable(line))
		}
		return fault.ErrRunFailed
	}
	if err != nil {
		return err
	}
	streams := follow.Streams{}
	if w.out {
		streams.Out, streams.Err = out.Out, out.Err
	}
	if w.in {
		streams.In, streams.Joined = out.In, true
	}
	session := follow.Start(ctx, programs, streams)
	defer session.Wait()
	defer session.Stop() // if it could not be written
	defer passSignals(session)()
	quit := false // by the learner, before they had ended
	switch {
	case w.json:
		session.Wait()
		err = recorded(session).JSON(out.Out)
	case w.plain || w.out || w.in || !out.Interactive() || !out.Live() || out.Accessible():
		err = w.text(out, session)
	default:
		err = w.show(ctx, out, session)
		quit = !session.Ended()
	}
	if w.record != "" {
		session.Stop()
		session.Wait()
		if err := save(w.record, session); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	if code := session.ExitCode(); code != 0 && !quit {
		return &fault.ExitError{Code: code}
	}
	return nil
}

// save writes down what is recorded by now. It is wanted also when the programs
// were interrupted.
func save(file string, session *follow.Session) error {
	return export.Save(context.Background(), file, recorded(session).JSON)
}

// recorded is what is recorded by now, as it is written down.
func recorded(session *follow.Session) *export.Document {
	return export.Of(session.Snapshot()).Found(session.Findings())
}

// show shows the programs on a live screen.
func (w *watching) show(ctx context.Context, out *output, session *follow.Session) error {
	programs := watch.Of(session)
	programs.Save = func() (string, error) {
		file := w.record
		for i := 1; file == ""; i++ {
			name := fmt.Sprintf("recording-%d.json", i)
			if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
				file = name
			}
		}
		return file, save(file, session)
	}
	programs.Document = func() *export.Document { return recorded(session) }
	return watch.Show(ctx, screen.New(out.Streams, out.Colours()), programs)
}

// text follows the programs in lines of text.
func (w *watching) text(out *output, session *follow.Session) error {
	to := out.shown()
	if w.out {
		to = out.Err
	}
	return follow.Plain(to, session)
}
