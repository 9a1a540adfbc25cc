package runner

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gosyncio/content"
	"gosyncio/runner/progress"
)

// loadProgress is what is known of the learner, never nil. The error is an
// *progress.Error. That a file was set aside is said on stderr.
func (a *app) loadProgress() (*progress.State, error) {
	if a.progress == nil {
		return new(progress.State), a.noProgress
	}
	state, notice, err := a.progress.Load()
	a.sayNotice(notice)
	return state, err
}

// updateProgress keeps a change, see progress.Store.Update. The error is an
// *progress.Error. That a file was set aside is said on stderr.
func (a *app) updateProgress(change func(*progress.State)) error {
	if a.progress == nil {
		return a.noProgress
	}
	notice, err := a.progress.Update(change)
	a.sayNotice(notice)
	return err
}

func (a *app) sayNotice(notice string) {
	if notice != "" {
		fmt.Fprintln(a.streams.Err, "gosyncio:", oneLine(notice))
	}
}

// withNext is an *progress.Error as it is printed: what to do next is in
// its second line. Other errors, and nil, it returns as they are.
func withNext(err error) error {
	if e, ok := errors.AsType[*progress.Error](err); ok {
		return fmt.Errorf("%s\n%s", oneLine(e.What), oneLine(e.Next))
	}
	return err
}

func (a *app) progressCommand() *cobra.Command {
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
			course, _, questions, err := readCourse()
			if err != nil {
				return err
			}
			state, err := a.loadProgress()
			if err != nil {
				return withNext(err)
			}
			view := viewProgress(state, course, questions, time.Now())
			if asJSON {
				return json.NewEncoder(a.streams.Out).Encode(view)
			}
			_, err = a.streams.Out.WriteString(view.text())
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.AddCommand(a.exportCommand(), a.importCommand(), a.resetCommand(), a.summaryCommand())
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return unknownName(fmt.Sprintf("unknown command %q of progress", args[0]), "commands", args[0], commandNames(cmd))
	}
	return cmd
}

// readCourse reads the lessons in teaching order, and what they ask.
func readCourse() (course []progress.Course, predictions, questions questionTexts, err error) {
	predictions, questions = make(questionTexts), make(questionTexts)
	for _, id := range lessonIDs() {
		lesson, err := content.Load(id)
		if err != nil {
			return nil, nil, nil, err
		}
		course = append(course, progress.Course{Lesson: id, Pages: len(lesson.Pages)})
		for _, page := range lesson.Pages {
			if predict, ok := page.Predict(); ok {
				predictions[progress.Question{Lesson: id, Key: predict.ID}] = predict.Question
			}
		}
		quiz, _ := lesson.Quiz()
		for _, q := range quiz.Questions {
			questions[progress.Question{Lesson: id, Key: q.ID}] = q.Question
		}
	}
	return course, predictions, questions, nil
}

// questionTexts is what the lessons' questions of a kind say.
type questionTexts map[progress.Question]string

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

func viewProgress(state *progress.State, course []progress.Course, questions questionTexts, now time.Time) progressView {
	view := progressView{Due: []progress.Question{}}
	for _, c := range course {
		view.Lessons = append(view.Lessons, state.Place(c))
	}
	for _, p := range state.Predictions {
		view.Predictions.add(p.Right)
	}
	for _, answer := range state.Answers {
		view.Answers.add(answer.Right)
	}
	for _, q := range state.Due(now) {
		if _, ok := questions[q]; ok { // else it is of another version of the program
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

// oneFile refuses anything but the name of one file.
func oneFile(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 || args[0] == "":
		return &usageError{cmd.Name() + " needs a file", fmt.Sprintf("name it: %s anna.json", cmd.CommandPath())}
	case len(args) > 1:
		return &usageError{fmt.Sprintf("%s takes one file, but got also %q", cmd.Name(), args[1]), "name one file at a time"}
	}
	return nil
}

// completeFiles completes the first n arguments with files.
func completeFiles(n int) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
		if len(args) < n {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}

func (a *app) exportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export FILE",
		Short: "write your progress to a new file, for another machine or your instructor",
		Long: `Write your progress to a new file, to be imported on another machine or summed
up by your instructor, who will see the file's name as yours. A file that is
there already is not replaced.`,
		Example:           `  gosyncio progress export anna.json`,
		Args:              oneFile,
		ValidArgsFunction: completeFiles(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			state, err := a.loadProgress()
			if err == nil {
				err = progress.Export(args[0], state)
			}
			if err != nil {
				return withNext(err)
			}
			_, err = fmt.Fprintln(a.streams.Out, "your progress is now also in", oneLine(args[0]))
			return err
		},
	}
}

func (a *app) importCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "add the progress that a file holds to yours",
		Long: `Add what "progress export" has written to your progress. Nothing of yours is
lost: where both know something of the same page or question, the newer counts.
It makes no difference to import a file twice.`,
		Example:           `  gosyncio progress import anna.json`,
		Args:              oneFile,
		ValidArgsFunction: completeFiles(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.progress == nil {
				return withNext(a.noProgress)
			}
			notice, err := a.progress.Import(args[0])
			a.sayNotice(notice)
			if err != nil {
				return withNext(err)
			}
			_, err = fmt.Fprintf(a.streams.Out, "what %s knows is now part of your progress\n", oneLine(args[0]))
			return err
		},
	}
}

func (a *app) resetCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "reset",
		Short: "forget all that you have done",
		Long: `Forget all that you have done: pages, predictions, answers and runs. It asks
first. To be able to go back, export your progress before.`,
		Args:              noArguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !yes && !a.streams.Interactive() {
				return &usageError{"reset asks first, and there is no terminal to ask in", "to forget everything without being asked: gosyncio progress reset --yes"}
			}
			if !yes {
				answer, err := a.askOne(cmd.Context(), question{text: "Forget everything?", choices: labels("No, keep it", "Yes, forget it all")})
				if err != nil {
					return err
				}
				if answer == 0 {
					_, err := fmt.Fprintln(a.streams.Out, "nothing was forgotten")
					return err
				}
			}
			if err := a.updateProgress(func(state *progress.State) { *state = progress.State{} }); err != nil {
				return withNext(err)
			}
			_, err := fmt.Fprintln(a.streams.Out, "everything is forgotten")
			return err
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}
