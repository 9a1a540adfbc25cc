package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gosyncio/runner/fault"
	"gosyncio/runner/follow"
	"gosyncio/runner/screen"
	"gosyncio/runner/stage"
	"gosyncio/runner/walk"
	"gosyncio/runner/watch"
)

func newOpenCommand(out *output) *cobra.Command {
	var asJSON, plain bool
	cmd := &cobra.Command{
		Use:   "open FILE",
		Short: "show runs that were written to a file",
		Long: `Show what "export", "run --json" or "watch --record" has written: a page (.html)
or JSON. Use - for the standard input.

You can do what you can after a run: look at a moment, scroll what was printed,
and write it down in another form. The runs of a lesson can be played again (r),
also slower (s).`,
		Example: `  gosyncio open tasks.html
  gosyncio open recording.json --plain
  gosyncio run tasks --json | gosyncio open -`,
		Args:              oneFile("tasks.html"),
		ValidArgsFunction: completeRecording,
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON && plain {
				return fault.Usage("--json and --plain exclude each other", "choose one of them")
			}
			d, err := readRuns(out, args[0], "gosyncio open -")
			if err != nil {
				return err
			}
			if asJSON {
				return d.JSON(out.Out)
			}
			snapshot := d.Snapshot()
			switch told := plain || !out.Interactive(); {
			case d.OwnProgram() && (told || out.Accessible()):
				return follow.PlainRecorded(out.shown(), snapshot, d.Findings())
			case d.OwnProgram():
				return watch.Show(cmd.Context(), screen.New(out.Streams, out.Colours()), watch.Recorded(d, snapshot))
			case told:
				if _, err := fmt.Fprintln(out.Out, strings.TrimSpace(d.Title()+" "+d.Caption())); err != nil {
					return err
				}
				return stage.Plain(out.shown(), stage.NewRecorded(snapshot))
			}
			s, leave, err := out.screen(false)
			if err != nil {
				return err
			}
			defer leave()
			return walk.Open(cmd.Context(), s, d, snapshot)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the recording as JSON")
	cmd.Flags().BoolVar(&plain, "plain", false, "print lines of text, without moving the cursor")
	return cmd
}

// completeRecording completes a file that may be a recording.
func completeRecording(cmd *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return []string{"html", "json"}, cobra.ShellCompDirectiveFilterFileExt
}
