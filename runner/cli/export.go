package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"gosyncio/runner/course"
	"gosyncio/runner/export"
	"gosyncio/runner/fault"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/terminal"
)

func newExportRunsCommand(out *output, p *player.Player) *cobra.Command {
	var set []string
	var with, to, file string
	var force bool
	cmd := &cobra.Command{
		Use:   "export LESSON|FILE --to FORMAT",
		Short: "write runs down: a page for a friend, a picture, a recording, a trace",
		Long: `Run what a lesson compares, or take runs that were recorded in a file (- is the
standard input), and write them down:

  html      one page for any browser, without a network: to send to a friend.
            gosyncio open shows it in a terminal again
  svg       a picture for a README or a slide, in the reader's light or dark
            colours
  animated  the same picture, moving at the speed of the run
  json      the recording, to the nanosecond; gosyncio open shows it again
  trace     the Chrome trace event format, for ui.perfetto.dev and
            chrome://tracing: each run is a process, each lane a track

Where there are too many lanes to look at, pages and pictures show the first
ones, and how many lanes are in each state. They say so.`,
		Example: `  gosyncio export tasks --with both --to html -o tasks.html
  gosyncio export tasks --to animated -o tasks.svg
  gosyncio export tasks --to trace -o tasks.trace.json
  gosyncio export tasks --set a=5s --with both --to json -o tasks.json
  gosyncio export tasks.json --to trace -o tasks.trace.json
  gosyncio run fetch bounded --json | gosyncio export - --to trace`,
		Args:              lessonOrFile,
		ValidArgsFunction: completeLessonOrFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := findFormat(to)
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("output") {
				switch file {
				case "":
					return fault.Usage("-o needs a file", "name it, or leave -o out")
				case "-":
					return fault.Usage("-o needs a file, and - is none", "leave -o out to have it on the standard output")
				}
				if err := export.MayReplace(file, force); err != nil {
					return err // before anything is run
				}
			} else if force {
				return fault.Usage("--force is for the file of -o", "leave it out, or add -o FILE")
			} else if out.Terminal() {
				return fault.Usage(format.ID+" is not made for a terminal", "write it to a file: add -o "+suggested(args[0], format))
			}
			if isLesson(args[0]) {
				return exportLesson(cmd.Context(), out, p, args[0], set, with, format, file)
			}
			for _, flag := range []string{"set", "with"} {
				if cmd.Flags().Changed(flag) {
					return fault.Usage(fmt.Sprintf("--%s is for a lesson, and what is in %s has been run", flag, terminal.Printable(args[0])), "leave it out")
				}
			}
			d, err := readRuns(out, args[0], "gosyncio export - --to trace")
			if err != nil {
				return err
			}
			return writeRuns(cmd.Context(), out, d, format, file)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the `format`: html, svg, animated, json or trace")
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to `FILE`; another export there is replaced")
	cmd.Flags().BoolVar(&force, "force", false, "replace the file of -o whatever it is")
	cmd.Flags().StringArrayVar(&set, "set", nil, "change a setting: `name=value`; can be given several times")
	cmd.Flags().StringVar(&with, "with", string(plan.Go), "run the lesson in `go`, python or both")
	cmd.RegisterFlagCompletionFunc("to", cobra.FixedCompletions(export.FormatIDs(), cobra.ShellCompDirectiveNoFileComp))
	cmd.RegisterFlagCompletionFunc("set", completeSetting)
	cmd.RegisterFlagCompletionFunc("with", cobra.FixedCompletions(plan.LanguageNames(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// suggested is a name for the file to which a lesson or recording is exported.
func suggested(name string, f export.Format) string {
	if !isLesson(name) {
		name = "runs"
	}
	return name + f.Extension
}

// isLesson reports whether export is to run what it was given: a lesson's name
// is never meant to be that of a file, which can be written as ./tasks.
func isLesson(name string) bool {
	_, err := course.Find(name)
	return err == nil
}

// lessonOrFile refuses anything but one lesson or file.
func lessonOrFile(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 || args[0] == "":
		return fault.Usage("export needs a lesson, or a file with runs", "name it: gosyncio export tasks --to trace")
	case len(args) > 1:
		return fault.Usage(fmt.Sprintf("export takes one lesson or file, but got also %q", args[1]), "name one at a time")
	}
	name := args[0]
	if name == "-" || strings.ContainsAny(name, `/\`) || strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".html") {
		return nil
	}
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		return nil // what is wrong with it is found when it is read
	}
	_, err := course.Find(name)
	return err
}

// completeLessonOrFile completes lessons, or files where none of them begins like that.
func completeLessonOrFile(cmd *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return course.IDs(), cobra.ShellCompDirectiveDefault
}

func findFormat(to string) (export.Format, error) {
	if to == "" {
		return export.Format{}, fault.Usage("export needs a format", "add --to html; the formats are "+strings.Join(export.FormatIDs(), ", "))
	}
	if format, ok := export.FindFormat(to); ok {
		return format, nil
	}
	return export.Format{}, fault.UnknownName(fmt.Sprintf("unknown format %q for --to", to), "formats", to, export.FormatIDs())
}

// exportLesson runs what a lesson compares and writes it down. That a run has
// failed is then the error, as it is of run.
func exportLesson(ctx context.Context, out *output, p *player.Player, id string, set []string, with string, to export.Format, file string) error {
	languages, err := plan.ParseLanguages(with)
	if err != nil {
		return err
	}
	r, err := plan.New(id, nil, set, languages)
	if err != nil {
		return err
	}
	tellTerminal(out, "running %s", id)
	c, err := p.Play(ctx, r.Setup())
	if err != nil {
		return err
	}
	c.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s := c.WithoutLanes()
	if len(s.Present()) == 0 {
		return outcome(out, s)
	}
	if err := writeRuns(ctx, out, export.Of(c.Snapshot()), to, file); err != nil {
		return err
	}
	return outcome(out, s)
}

// readRuns reads the runs in a file, or from the standard input if that is "-",
// which is for a command like that.
func readRuns(out *output, name, like string) (*export.Document, error) {
	if name != "-" {
		return export.ReadFile(name)
	}
	if term.IsTerminal(out.In.Fd()) {
		return nil, fault.Usage("- reads what another program writes, and here is a terminal",
			"write gosyncio run tasks --json | "+like)
	}
	return export.Read("the standard input", out.In)
}

// writeRuns writes runs down in a format: to a file, or if that is "" to
// standard output.
func writeRuns(ctx context.Context, out *output, d *export.Document, to export.Format, file string) error {
	write := func(w io.Writer) error { return to.Write(d, w) }
	if file == "" {
		return write(out.Out)
	}
	if err := export.Save(ctx, file, write); err != nil {
		return err
	}
	tellTerminal(out, "written to %s: %s", terminal.Printable(file), to.What)
	return nil
}

// tellTerminal says how things go to somebody who waits, and to no script.
func tellTerminal(out *output, format string, args ...any) {
	if term.IsTerminal(out.Err.Fd()) {
		fmt.Fprintf(out.Err, format+"\n", args...)
	}
}
