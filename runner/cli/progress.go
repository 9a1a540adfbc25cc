package cli

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"gosyncio/runner/course"
	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/progress"
)

// kept is the learner's progress. If there is no place for it store is nil
// and err, a *fault.Error, says why.
type kept struct {
	store *progress.Store
	err   error
}

func openProgress(env environ.Environ) kept {
	path, err := progress.Path(env)
	if err != nil {
		return kept{err: err}
	}
	return kept{store: progress.Open(path)}
}

// load is what is known of the learner, never nil. The error is a
// *fault.Error.
func (k kept) load() (state *progress.State, notice string, err error) {
	if k.store == nil {
		return new(progress.State), "", k.err
	}
	return k.store.Load()
}

// update keeps a change, see progress.Store.Update.
func (k kept) update(change func(*progress.State)) (notice string, err error) {
	if k.store == nil {
		return "", k.err
	}
	return k.store.Update(change)
}

func newProgressCommand(out *output, kept kept) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "progress",
		Short: "tell what you have done, and take it with you",
		Long: `Tell how far you are in each lesson, how your predictions and answers were,
and how many questions are to be asked again. A lesson is done when each of its
runs was made and each of its questions answered; it is read when you have come
to its end.`,
		Example: `  gosyncio progress
  gosyncio progress export anna.json
  gosyncio progress summary *.json`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			courses, err := course.Courses()
			if err != nil {
				return err
			}
			state, notice, err := kept.load()
			out.note(notice)
			if err != nil {
				return err
			}
			report := state.Report(courses, time.Now())
			if asJSON {
				return json.NewEncoder(out.Out).Encode(report)
			}
			_, err = out.Out.WriteString(report.Text())
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.AddCommand(newExportCommand(out, kept), newImportCommand(out, kept), newResetCommand(out, kept), newSummaryCommand(out))
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return fault.UnknownName(fmt.Sprintf("unknown command %q of progress", args[0]), "commands", args[0], commandNames(cmd))
	}
	return cmd
}
