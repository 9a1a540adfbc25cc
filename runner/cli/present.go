package cli

import (
	"github.com/spf13/cobra"

	"gosyncio/runner/fault"
	"gosyncio/runner/screen"
	"gosyncio/runner/walk"
)

func newPresentCommand(out *output, tour func(walk.Screen) *walk.Tour) *cobra.Command {
	return &cobra.Command{
		Use:   "present LESSON",
		Short: "show a lesson to a room, on a projector",
		Long: `Show a lesson to a room: widely set, without asking you anything, and without
noting anything as yours. Questions stand on slides of their own. The room
votes before it sees the answer: type a number for each answer, if you count
hands, and press a to show it. A page's number and Enter goes to that page.`,
		Args:              oneLesson,
		ValidArgsFunction: completeLesson(nil),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !out.Interactive() {
				return fault.Usage("there is no terminal to present in", "start gosyncio present in a terminal")
			}
			return tour(screen.New(out.Streams, out.Colours())).Present(cmd.Context(), args[0])
		},
	}
}
