package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"gosyncio/runner/fault"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

func newExportCommand(out *output, kept kept) *cobra.Command {
	return &cobra.Command{
		Use:   "export FILE",
		Short: "write your progress to a new file, for another machine or your instructor",
		Long: `Write your progress to a new file, to be imported on another machine or summed
up by your instructor, who will see the file's name as yours. A file that is
there already is not replaced.`,
		Example:           `  gosyncio progress export anna.json`,
		Args:              oneFile("anna.json"),
		ValidArgsFunction: completeFiles(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			state, notice, err := kept.load()
			out.note(notice)
			if err == nil {
				err = progress.Export(args[0], state)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(out.Out, "your progress is now also in", terminal.Printable(args[0]))
			return err
		},
	}
}

func newImportCommand(out *output, kept kept) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "add the progress that a file holds to yours",
		Long: `Add what "progress export" has written to your progress. Nothing of yours is
lost: where both know something of the same page or question, the newer counts.
It makes no difference to import a file twice.`,
		Example:           `  gosyncio progress import anna.json`,
		Args:              oneFile("anna.json"),
		ValidArgsFunction: completeFiles(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if kept.store == nil {
				return kept.err
			}
			notice, err := kept.store.Import(args[0])
			out.note(notice)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(out.Out, "what %s knows is now part of your progress\n", terminal.Printable(args[0]))
			return err
		},
	}
}

func newResetCommand(out *output, kept kept) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "reset",
		Short: "forget all that you have done",
		Long: `Forget all that you have done: pages, predictions, answers and runs. It asks
first. To be able to go back, export your progress before.`,
		Args:              noArguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !yes {
				s, leave, err := out.screen(false)
				if err != nil {
					return err
				}
				if s == nil {
					return fault.Usage("reset asks first, and there is no terminal to ask in", "to forget everything without being asked: gosyncio progress reset --yes")
				}
				defer leave()
				answer, err := s.Choose(cmd.Context(), screen.Question{
					Text: "Forget everything?", Choices: screen.Labels("No, keep it", "Yes, forget it all"),
				})
				if err != nil && !errors.Is(err, prompt.ErrQuit) && !errors.Is(err, prompt.ErrBack) {
					return err
				}
				if answer == 0 {
					_, err := fmt.Fprintln(out.Out, "nothing was forgotten")
					return err
				}
			}
			notice, err := kept.update(func(state *progress.State) { *state = progress.State{} })
			out.note(notice)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(out.Out, "everything is forgotten")
			return err
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}
