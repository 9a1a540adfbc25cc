package runner

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"gosyncio/content"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
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
				columns, rows := a.streams.Size()
				answer, err := prompt.Select(cmd.Context(), prompt.Options{
					In: a.streams.In, Out: a.streams.Out,
					Rows: rows, Columns: columns, Colour: a.colours(),
				}, "Forget everything?", []prompt.Choice{{Label: "No, keep it"}, {Label: "Yes, forget it all"}}, 0)
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

func (a *app) summaryCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "summary FILE...",
		Short: "tell an instructor where a class is, from its exports",
		Long: `Read what learners have exported and tell who is where, and which predictions
and questions most of them got wrong at the first try. The files are named
after the learners.

A file that cannot be read is named on the standard error, in a line of its
own, and left out: the others are summed up all the same. The exit code is
then 1.`,
		Example:           `  gosyncio progress summary anna.json ben.json`,
		ValidArgsFunction: completeFiles(1 << 20),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{"summary needs files", fmt.Sprintf("name what learners have exported: %s anna.json ben.json", cmd.CommandPath())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			course, predictions, questions, err := readCourse()
			if err != nil {
				return err
			}
			learners, unread := readLearners(args)
			for _, u := range unread {
				fmt.Fprintln(a.streams.Err, "gosyncio:", u.Error)
			}
			view := viewSummary(progress.Summarise(learners, course), predictions, questions, unread)
			switch {
			case asJSON:
				err = json.NewEncoder(a.streams.Out).Encode(view)
			case len(learners) > 0:
				width := 0
				if term.IsTerminal(a.streams.Out.Fd()) {
					width, _ = a.streams.Size()
				}
				_, err = a.streams.Out.WriteString(view.text(width))
			}
			if err == nil && len(unread) > 0 {
				return errRunFailed
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// readLearners reads exports, each once. Learners whose files have the same
// name are told apart by the folders.
func readLearners(names []string) (learners []progress.Learner, unread []unreadFile) {
	unread = []unreadFile{}
	var paths []string
	for _, name := range names {
		for _, path := range expand(name) {
			if !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	var read []string
	alike := make(map[string]int)
	for _, path := range paths {
		learner, err := progress.ReadLearner(path)
		if err != nil {
			unread = append(unread, unreadFile{oneLine(path), oneLine(err.Error())})
			continue
		}
		learners, read = append(learners, learner), append(read, path)
		alike[learner.Name]++
	}
	for i, path := range read {
		if alike[learners[i].Name] > 1 {
			learners[i].Name = oneLine(strings.TrimSuffix(path, filepath.Ext(path)))
		}
	}
	return learners, unread
}

// expand is the file of that name, or, if there is none, the files that it
// is a pattern for: not every shell expands patterns.
func expand(name string) []string {
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) || err != nil && strings.ContainsAny(name, "*?") {
		if files, err := filepath.Glob(name); err == nil && len(files) > 0 {
			return files
		}
	}
	return []string{filepath.Clean(name)}
}

// The JSON of a summary is a public interface: fields are added, never
// renamed.
type summaryView struct {
	// Learners are as they were given: learner, lessons (in teaching order,
	// as in the JSON of progress).
	Learners []progress.Standing `json:"learners"`
	// Predictions and Questions are all that were answered, the one that
	// most learners got wrong at the first try first.
	Predictions []tallyView `json:"predictions"`
	Questions   []tallyView `json:"questions"`
	// Unread are the files that could not be read.
	Unread []unreadFile `json:"unread"`
}

// A tallyView has the fields lesson, question (its key there), asked (how
// many learners), wrong (how many of those, at the first try), and text,
// which is missing if the lesson has no such question any more.
type tallyView struct {
	progress.Tally
	Text string `json:"text,omitempty"`
}

type unreadFile struct {
	File  string `json:"file"`
	Error string `json:"error"` // names the file, too
}

func viewSummary(summary progress.Summary, predictions, questions questionTexts, unread []unreadFile) summaryView {
	return summaryView{summary.Learners, predictions.tell(summary.Predictions), questions.tell(summary.Questions), unread}
}

func (t questionTexts) tell(tallies []progress.Tally) []tallyView {
	views := []tallyView{}
	for _, tally := range tallies {
		views = append(views, tallyView{tally, oneLine(t[tally.Question])})
	}
	return views
}

// text is the summary in lines of at most width columns; 0 cuts nothing.
func (v summaryView) text(width int) string {
	var text bytes.Buffer
	text.WriteString(counted(len(v.Learners), "learner"))
	if len(v.Unread) > 0 {
		fmt.Fprintf(&text, ", %s not read", counted(len(v.Unread), "file"))
	}
	text.WriteString("\n\n")
	widest, done := 0, 0
	for _, s := range v.Learners {
		widest, done = max(widest, ansi.StringWidth(s.Learner)), max(done, len(fmt.Sprintf("%d of %[1]d done", len(s.Lessons))))
	}
	if width > 0 {
		widest = min(widest, width/3)
	}
	for _, s := range v.Learners {
		name := ansi.Truncate(s.Learner, widest, "…")
		name += strings.Repeat(" ", widest-ansi.StringWidth(name))
		strip, finished, at := standing(s)
		fmt.Fprintf(&text, "%s  %s  %*s  %s\n", name, strip, done, fmt.Sprintf("%d of %d done", finished, len(s.Lessons)), at)
	}
	tallies(&text, "predictions", v.Predictions)
	tallies(&text, "questions", v.Questions)
	fmt.Fprintln(&text, "\n█ done   ▌ begun   · not begun   (lessons in teaching order)")
	lines := strings.Split(text.String(), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, " ")
		if width > 0 {
			line = ansi.Truncate(line, width, "…")
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// standing is where a learner is: a sign for each lesson, how many are
// done, and the places in those that were begun.
func standing(s progress.Standing) (strip string, done int, at string) {
	var begun []string
	for _, place := range s.Lessons {
		switch {
		case place.Done:
			strip += "█"
			done++
		case place.Begun:
			strip += "▌"
			begun = append(begun, fmt.Sprintf("%s %s", place.Lesson, where(place)))
		default:
			strip += "·"
		}
	}
	switch {
	case len(begun) > 0:
		at = strings.Join(begun, ", ")
	case done == 0:
		at = "not begun"
	}
	return strip, done, at
}

// tallies writes what most learners got wrong, the worst first.
func tallies(text *bytes.Buffer, kind string, all []tallyView) {
	const most = 10
	wrong := slices.DeleteFunc(slices.Clone(all), func(t tallyView) bool { return t.Wrong == 0 })
	switch {
	case len(all) == 0:
		fmt.Fprintf(text, "\n%s: none yet\n", kind)
		return
	case len(wrong) == 0:
		fmt.Fprintf(text, "\n%s: all right at the first try\n", kind)
		return
	}
	fmt.Fprintf(text, "\n%s that learners got wrong at the first try:\n", kind)
	var counts, names []string
	count, name := 0, 0
	for _, t := range wrong[:min(most, len(wrong))] {
		counts = append(counts, fmt.Sprintf("%d of %d", t.Wrong, t.Asked))
		names = append(names, t.Lesson+" "+t.Key)
		count, name = max(count, len(counts[len(counts)-1])), max(name, ansi.StringWidth(names[len(names)-1]))
	}
	for i := range counts {
		pad := strings.Repeat(" ", name-ansi.StringWidth(names[i]))
		fmt.Fprintf(text, "  %*s  %s%s  %s\n", count, counts[i], names[i], pad, wrong[i].Text)
	}
	if more := len(wrong) - most; more > 0 {
		fmt.Fprintf(text, "  and %d more, see --json\n", more)
	}
}

// counted is a number of things: "1 learner", "2 learners".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
