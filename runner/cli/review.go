package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"gosyncio/runner/fault"
	"gosyncio/runner/screen"
	"gosyncio/runner/walk"
)

func newReviewCommand(out *output, newTour func(screen.Any) *walk.Tour) *cobra.Command {
	var plain bool
	cmd := &cobra.Command{
		Use:   "review",
		Short: "ask again what was missed, or is due",
		Long: `Ask again, from all lessons, the questions that you missed and those whose
time has come: each time you know an answer it comes back later. Exercises that
took many tries are named, to be made once more.`,
		Args:              noArguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, leave, err := out.screen(plain)
			if err != nil {
				return err
			}
			if s != nil {
				defer leave()
			}
			tour := newTour(s)
			due, err := tour.Due(time.Now())
			if err != nil {
				return err
			}
			if err := tour.Journal().Unread(); err != nil {
				return err
			}
			out.note(tour.Journal().Notice())
			again, err := tour.Again()
			if err != nil {
				return err
			}
			if len(due) == 0 {
				return printReviewed(out, "nothing is due: walk a lesson to its quiz, or come back another day", again)
			}
			if s == nil {
				what := "a question is due, and there is no terminal to ask it"
				if len(due) > 1 {
					what = fmt.Sprintf("%d questions are due, and there is no terminal to ask them", len(due))
				}
				return fault.Usage(what, "start gosyncio review in a terminal")
			}
			right, asked, err := tour.Review(cmd.Context(), due)
			if err == nil {
				err = printReviewed(out, fmt.Sprintf("%d of %d right", right, asked), again)
			}
			return out.keep(tour.Journal(), err)
		},
	}
	cmd.Flags().BoolVar(&plain, "plain", false, "ask numbered questions in lines of text, without moving the cursor")
	return cmd
}

// printReviewed says how it went, and which exercises are to be made again.
func printReviewed(out *output, how, again string) error {
	if again != "" {
		how += "\n" + again
	}
	_, err := fmt.Fprintln(out.Out, how)
	return err
}
