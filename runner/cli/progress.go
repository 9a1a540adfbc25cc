package cli

import (
	"encoding/json"
	"fmt"
	"strings"
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
and how many questions are to be asked again.`,
		Example: `  gosyncio progress
  gosyncio progress export anna.json
  gosyncio progress summary *.json`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			pages, _, quizzes, err := readCourse()
			if err != nil {
				return err
			}
			state, notice, err := kept.load()
			out.note(notice)
			if err != nil {
				return err
			}
			view := viewProgress(state, pages, quizzes, time.Now())
			if asJSON {
				return json.NewEncoder(out.Out).Encode(view)
			}
			_, err = out.Out.WriteString(view.text())
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

// readCourse reads the lessons in teaching order with their numbers of
// pages, and what they ask.
func readCourse() (pages []progress.Course, predictions, quizzes course.Questions, err error) {
	entries, err := course.Entries()
	if err != nil {
		return nil, nil, nil, err
	}
	for _, e := range entries {
		pages = append(pages, e.Pages())
	}
	predictions, quizzes, err = course.AllQuestions()
	return pages, predictions, quizzes, err
}

// The JSON of progress is a public interface: fields are added, never
// renamed.
type progressView struct {
	// Lessons are in teaching order: lesson, begun, done, page (the
	// furthest that was read, counted from 1; 0 if none was), pages.
	Lessons     []progress.Place `json:"lessons"`
	Predictions score            `json:"predictions"`
	Answers     score            `json:"answers"` // to the questions of quizzes
	// Due are the questions to be asked again, the longest due first:
	// lesson, question (its key there).
	Due []progress.Question `json:"due"`
}

type score struct {
	Made  int `json:"made"`
	Right int `json:"right"`
}

func (s *score) add(right bool) {
	s.Made++
	if right {
		s.Right++
	}
}

func (s score) String() string {
	if s.Made == 0 {
		return "none yet"
	}
	return fmt.Sprintf("%d of %d right", s.Right, s.Made)
}

func viewProgress(state *progress.State, pages []progress.Course, quizzes course.Questions, now time.Time) progressView {
	view := progressView{Due: []progress.Question{}}
	for _, c := range pages {
		view.Lessons = append(view.Lessons, state.Place(c))
	}
	for _, p := range state.Decided() {
		view.Predictions.add(p.Right)
	}
	for _, answer := range state.Answers {
		view.Answers.add(answer.Right)
	}
	for _, q := range state.Due(now) {
		if _, ok := quizzes[q]; ok { // else it is of another version of the program
			view.Due = append(view.Due, q)
		}
	}
	return view
}

func (v progressView) text() string {
	var text strings.Builder
	width := 0
	for _, place := range v.Lessons {
		width = max(width, len(place.Lesson))
	}
	for _, place := range v.Lessons {
		fmt.Fprintf(&text, "%-*s  %s  %s\n", width, place.Lesson, bar(place), where(place))
	}
	fmt.Fprintf(&text, "\npredictions: %v\nquiz answers: %v\n", v.Predictions, v.Answers)
	switch len(v.Due) {
	case 0:
		fmt.Fprintln(&text, "to review: nothing is due")
	case 1:
		fmt.Fprintln(&text, "to review: 1 question is due, see gosyncio review")
	default:
		fmt.Fprintf(&text, "to review: %d questions are due, see gosyncio review\n", len(v.Due))
	}
	return text.String()
}

// bar is how much of a lesson has been read. One that was begun has some.
func bar(p progress.Place) string {
	const cells = 10
	full := 0
	switch {
	case p.Done:
		full = cells
	case p.Begun:
		full = max(1, cells*p.Page/p.Pages)
	}
	return strings.Repeat("█", full) + strings.Repeat("·", cells-full)
}

func where(p progress.Place) string {
	switch {
	case p.Done:
		return "done"
	case p.Begun:
		return fmt.Sprintf("page %d of %d", p.Page, p.Pages)
	}
	return "not begun"
}
