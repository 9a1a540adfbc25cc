package cli

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

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"gosyncio/runner/class"
	"gosyncio/runner/course"
	"gosyncio/runner/fault"
	"gosyncio/runner/progress"
	"gosyncio/runner/terminal"
)

func newSummaryCommand(out *output) *cobra.Command {
	var asJSON, asHTML bool
	cmd := &cobra.Command{
		Use:   "summary FILE...",
		Short: "tell an instructor where a class is, from its exports",
		Long: `Read what learners have exported and tell who is where, and which predictions
and questions most of them got wrong at the first try. Learners are called by
the names of their files. A JSON file of "class --keep" tells how a class
voted, and its first votes count in the sums.

A file that cannot be read is named on the standard error, in a line of its
own, and left out: the others are summed up all the same. The exit code is
then 1.`,
		Example: `  gosyncio progress summary anna.json ben.json
  gosyncio progress summary monday.json --html > monday.html`,
		ValidArgsFunction: completeFiles(1 << 20),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fault.Usage("summary needs files", fmt.Sprintf("name what learners have exported: %s anna.json ben.json", cmd.CommandPath()))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON && asHTML {
				return fault.Usage("--json and --html exclude each other", "choose one of them")
			}
			learners, classes, unread := readLearners(args)
			for _, u := range unread {
				fmt.Fprintln(out.Err, "gosyncio:", u.Error)
			}
			view, err := summarise(learners, classes, unread)
			if err != nil {
				return err
			}
			switch {
			case asJSON:
				err = json.NewEncoder(out.Out).Encode(view)
			case asHTML:
				err = view.html(out.Out)
			case len(learners)+len(classes) > 0:
				width := 0
				if term.IsTerminal(out.Out.Fd()) {
					width, _ = out.Size()
				}
				_, err = out.Out.WriteString(view.text(width))
			}
			if err == nil && len(unread) > 0 {
				return fault.ErrRunFailed
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&asHTML, "html", false, "print a page for a browser")
	return cmd
}

// summarise sums up what learners have exported, and what classes have voted.
func summarise(learners []progress.Learner, classes []class.Kept, unread []unreadFile) (summaryView, error) {
	courses, err := course.Courses()
	if err != nil {
		return summaryView{}, err
	}
	predictions, quizzes, err := course.AllQuestions()
	if err != nil {
		return summaryView{}, err
	}
	summary := progress.Summarise(learners, courses)
	for _, k := range classes {
		addVotes(&summary, k.Summary())
	}
	return viewSummary(summary, classes, predictions, quizzes, unread), nil
}

// readLearners reads exports, and what was kept of classes, each once. Learners
// whose files have the same name are told apart by the folders.
func readLearners(names []string) (learners []progress.Learner, classes []class.Kept, unread []unreadFile) {
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
		kept, err := class.ReadKept(path)
		if err == nil {
			classes = append(classes, kept)
			continue
		}
		var learner progress.Learner
		if errors.Is(err, class.ErrNotKept) {
			learner, err = progress.ReadLearner(path)
		}
		if err != nil {
			unread = append(unread, unreadFile{terminal.Printable(path), terminal.Printable(err.Error())})
			continue
		}
		learners, read = append(learners, learner), append(read, path)
		alike[learner.Name]++
	}
	for i, path := range read {
		if alike[learners[i].Name] > 1 {
			learners[i].Name = terminal.Printable(strings.TrimSuffix(path, filepath.Ext(path)))
		}
	}
	return learners, classes, unread
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
	// Classes are those whose votes were kept, as they were given.
	Classes []classView `json:"classes,omitempty"`
	// Exercises are those that somebody has begun, in teaching order.
	Exercises []progress.ExerciseTally `json:"exercises"`
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

func viewSummary(summary progress.Summary, classes []class.Kept, predictions, quizzes course.Questions, unread []unreadFile) summaryView {
	return summaryView{
		Learners:    summary.Learners,
		Predictions: withTexts(summary.Predictions, predictions),
		Questions:   withTexts(summary.Questions, quizzes),
		Classes:     viewClasses(classes),
		Exercises:   summary.Exercises,
		Unread:      unread,
	}
}

// withTexts are the tallies with what their questions say.
func withTexts(tallies []progress.Tally, questions course.Questions) []tallyView {
	views := []tallyView{}
	for _, tally := range tallies {
		views = append(views, tallyView{tally, terminal.Printable(questions[tally.Question])})
	}
	return views
}

// heading is what the summary is of.
func (v summaryView) heading() string {
	var of []string
	if n := len(v.Learners); n > 0 || len(v.Classes) == 0 {
		of = append(of, counted(n, "learner"))
	}
	switch n := len(v.Classes); n {
	case 0:
	case 1:
		of = append(of, "1 class")
	default:
		of = append(of, fmt.Sprintf("%d classes", n))
	}
	return strings.Join(of, ", ")
}

// text is the summary in lines of at most width columns; 0 cuts nothing.
func (v summaryView) text(width int) string {
	var text bytes.Buffer
	text.WriteString(v.heading())
	if len(v.Unread) > 0 {
		fmt.Fprintf(&text, ", %s not read", counted(len(v.Unread), "file"))
	}
	text.WriteString("\n")
	if len(v.Learners) > 0 {
		text.WriteString("\n")
	}
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
	for _, c := range v.Classes {
		c.write(&text)
	}
	learners := len(v.Learners) > 0 || len(v.Classes) == 0
	if learners || len(v.Predictions) > 0 { // of a class alone what there is not goes without saying
		tallies(&text, "predictions", v.Predictions)
	}
	if learners || len(v.Questions) > 0 {
		tallies(&text, "questions", v.Questions)
	}
	if learners || len(v.Exercises) > 0 {
		tallyExercises(&text, v.Exercises)
	}
	if len(v.Learners) > 0 {
		fmt.Fprintln(&text, "\n█ done   ▓ read   ▌ begun   · not begun   (lessons in teaching order)")
	}
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
		case place.Read:
			strip += "▓"
			begun = append(begun, place.Lesson+" read")
		case place.Begun:
			strip += "▌"
			begun = append(begun, fmt.Sprintf("%s %s", place.Lesson, place.Where()))
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

// tallyExercises writes what learners have made.
func tallyExercises(text *bytes.Buffer, all []progress.ExerciseTally) {
	if len(all) == 0 {
		fmt.Fprintln(text, "\nexercises: none yet")
		return
	}
	fmt.Fprintln(text, "\nexercises, and what was wrong in how many tries:")
	name := 0
	for _, t := range all {
		name = max(name, len(t.Exercise))
	}
	for _, t := range all {
		fmt.Fprintf(text, "  %-*s  %d of %d solved, %s", name, t.Exercise, t.Solved, t.Begun, counted(t.Tries, "try"))
		if mistakes := t.Mistakes(); len(mistakes) > 0 {
			fmt.Fprintf(text, ": %s", strings.Join(mistakes, ", "))
		}
		fmt.Fprintln(text)
	}
}

// counted is a number of things: "1 learner", "2 learners".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if stem, ok := strings.CutSuffix(thing, "y"); ok {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
