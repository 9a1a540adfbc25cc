package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"gosyncio/runner/fault"
	"gosyncio/runner/screen"
	"gosyncio/runner/walk"
)

func newPresentCommand(out *output, tour func(screen.Any) *walk.Tour) *cobra.Command {
	var plain bool
	cmd := &cobra.Command{
		Use:   "present LESSON",
		Short: "show a lesson to a room, on a projector",
		Long: `Show a lesson to a room: widely set, without asking you anything, and without
noting anything as yours. Questions stand on slides of their own. The room
votes before it sees the answer: type a number for each answer, if you count
hands, and press a to show it. A page's number and Enter goes to that page.`,
		Args:              oneLesson,
		ValidArgsFunction: completeLesson(nil),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case plain, out.Attended() && !out.Live():
				return fault.Usage("present does not do with plain text: it needs a terminal that can move its cursor",
					fmt.Sprintf("use another terminal, or show gosyncio read %[1]s and gosyncio run %[1]s --plain", args[0]))
			case !out.Interactive():
				return fault.Usage("there is no terminal to present in", "start gosyncio present in a terminal")
			}
			return tour(screen.New(out.Streams, out.Colours())).Present(cmd.Context(), args[0])
		},
	}
	cmd.Flags().BoolVar(&plain, "plain", false, "is not to be had here")
	cmd.Flags().MarkHidden("plain") // who knows it from other commands hears why
	return cmd
}
