package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gosyncio/runner/exercise"
	"gosyncio/runner/fault"
	"gosyncio/runner/practice"
	"gosyncio/runner/progress"
	"gosyncio/runner/terminal"
	"gosyncio/runner/typeset"
)

const folderUsage = "the folder with your files (default: " + exercise.Variable + ", or where they were last)"

func newPracticeCommand(out *output, room func() practice.Room) *cobra.Command {
	var plain, list bool
	var folder string
	cmd := &cobra.Command{
		Use:   "practice [EXERCISE]",
		Short: "write Go: an exercise in your editor, checked at each save",
		Long: `Write Go yourself. An exercise is one file, in a folder of yours, that you open
in any editor. Each time you save it, it is checked: whether it compiles,
whether its results and its times are right, whether goroutines wait for each
other for ever, are left over, or use the same memory at once.`,
		Args:              oneExercise,
		ValidArgsFunction: completeExercise,
		RunE: func(cmd *cobra.Command, args []string) error {
			if list {
				return listExercises(out, room().Journal)
			}
			s, leave, err := out.screen(plain)
			if err != nil {
				return err
			}
			if s == nil {
				return fault.Usage("there is no terminal to practise in", "start gosyncio practice in a terminal, or check a file once: gosyncio check EXERCISE")
			}
			defer leave()
			r := room()
			r.Screen, r.Folder = s, folder
			_, err = r.Practise(cmd.Context(), strings.Join(args, ""))
			return out.keep(r.Journal, err)
		},
	}
	cmd.Flags().StringVar(&folder, "dir", "", folderUsage)
	cmd.Flags().BoolVar(&plain, "plain", false, "lines of text, without moving the cursor")
	cmd.Flags().BoolVar(&list, "list", false, "print which exercises there are, and which you have solved")
	return cmd
}

// listExercises prints the exercises of each lesson.
func listExercises(out *output, journal *progress.Journal) error {
	all, err := exercise.All()
	if err != nil {
		return err
	}
	state := journal.Load()
	var text strings.Builder
	lesson := ""
	for _, e := range all {
		if e.Lesson != lesson {
			lesson = e.Lesson
			fmt.Fprintln(&text, lesson)
		}
		solved := ""
		if !state.Exercises[e.Name].Solved.IsZero() {
			solved = " (solved)"
		}
		fmt.Fprintf(&text, "  %-12s %s%s\n", e.Name, e.Text.Title, solved)
	}
	_, err = out.Out.WriteString(text.String())
	return out.keep(journal, err)
}

func newHintCommand(out *output, room func() practice.Room) *cobra.Command {
	return &cobra.Command{
		Use:               "hint EXERCISE",
		Short:             "one hint more for an exercise",
		Args:              needsExercise,
		ValidArgsFunction: completeExercise,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			e, err := exercise.Find(args[0])
			if err != nil {
				return err
			}
			journal := room().Journal
			defer func() { err = out.keep(journal, err) }()
			count := min(journal.Load().Exercises[e.Name].Hints+1, len(e.Text.Hints))
			journal.Note(func(s *progress.State) { s.Hint(e.Name, count) })
			fmt.Fprintf(out.Out, "%s, hint %d of %d\n", e.Name, count, len(e.Text.Hints))
			if err := printProse(out, e.Text.Hints[count-1]); err != nil || count < len(e.Text.Hints) {
				return err
			}
			_, err = fmt.Fprintf(out.Out, "\nthis is the last one; the solution: gosyncio solution %s\n", e.Name)
			return err
		},
	}
}

func newSolutionCommand(out *output, room func() practice.Room) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "solution EXERCISE",
		Short: "show how an exercise could be solved",
		Long: `Show how an exercise could be solved. Before you have solved it yourself, that
must be asked for with --yes, and is noted.`,
		Args:              needsExercise,
		ValidArgsFunction: completeExercise,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			e, err := exercise.Find(args[0])
			if err != nil {
				return err
			}
			journal := room().Journal
			defer func() { err = out.keep(journal, err) }()
			if journal.Load().Exercises[e.Name].Solved.IsZero() && !yes {
				return fault.Usage("you have not solved "+e.Name+" yet", fmt.Sprintf("a hint: gosyncio hint %s; the solution all the same: gosyncio solution %s --yes", e.Name, e.Name))
			}
			journal.Note(func(s *progress.State) { s.Peek(e.Name) })
			if _, err := out.Out.Write(e.Solution()); err != nil {
				return err
			}
			fmt.Fprintln(out.Out)
			return printProse(out, e.Text.Solution)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "show it even before you have solved the exercise")
	return cmd
}

func newAnewCommand(out *output, room func() practice.Room) *cobra.Command {
	var yes bool
	var folder string
	cmd := &cobra.Command{
		Use:               "reset EXERCISE",
		Short:             "begin an exercise anew, and keep your file under another name",
		Args:              needsExercise,
		ValidArgsFunction: completeExercise,
		RunE: func(cmd *cobra.Command, args []string) error {
			e, err := exercise.Find(args[0])
			if err != nil {
				return err
			}
			r := room()
			w, err := foundWorkspace(r, folder)
			if err != nil {
				return err
			}
			if w.Begun(e) && !yes {
				return fault.Usage(fmt.Sprintf("%s would begin anew, and %s be kept under another name", e.Name, terminal.Printable(w.Path(e))), fmt.Sprintf("if you want that: gosyncio reset %s --yes", e.Name))
			}
			kept, err := w.Reset(e)
			if err != nil {
				return err
			}
			if kept != "" {
				fmt.Fprintf(out.Out, "your file is kept as %s\n", terminal.Printable(kept))
			}
			_, err = fmt.Fprintf(out.Out, "%s is as it was given\n", terminal.Printable(w.Path(e)))
			return err
		},
	}
	cmd.Flags().StringVar(&folder, "dir", "", folderUsage)
	cmd.Flags().BoolVar(&yes, "yes", false, "do it")
	return cmd
}

// printProse prints Markdown, set for the window.
func printProse(out *output, markdown string) error {
	columns, _ := out.Size()
	for _, line := range typeset.Prose(markdown, columns, out.Colours()) {
		if _, err := fmt.Fprintln(out.shown(), line); err != nil {
			return err
		}
	}
	return nil
}

// foundWorkspace is where the learner's files are, which must be known.
func foundWorkspace(r practice.Room, folder string) (exercise.Workspace, error) {
	w, ok, err := exercise.FindWorkspace(r.Environ, folder, r.Memory)
	if err == nil && !ok {
		err = fault.Usage("there are no exercises of yours yet", "begin one: gosyncio practice; or say where they are: --dir FOLDER, "+exercise.Variable)
	}
	return w, err
}

// workspaceMemory is the file that says where the learner's files are; ""
// if there is no place for it.
func workspaceMemory(env []string) string {
	path, err := progress.Path(env)
	if err != nil {
		return ""
	}
	return filepath.Join(filepath.Dir(path), "workspace")
}

// oneExercise refuses anything but the name of one exercise, or nothing.
func oneExercise(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return fault.Usage(fmt.Sprintf("%s takes one exercise, but got also %q", cmd.Name(), args[1]), "name one exercise at a time")
	}
	return someExercises(cmd, args)
}

// needsExercise refuses anything but the name of one exercise.
func needsExercise(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		names, err := exerciseNames()
		return errors.Join(err, fault.Usage(cmd.Name()+" needs an exercise", "the exercises are "+strings.Join(names, ", ")))
	}
	return oneExercise(cmd, args)
}

// someExercises refuses what is no exercise.
func someExercises(_ *cobra.Command, args []string) error {
	for _, name := range args {
		if _, err := exercise.Find(name); err != nil {
			return err
		}
	}
	return nil
}

func exerciseNames() ([]string, error) {
	all, err := exercise.All()
	var names []string
	for _, e := range all {
		names = append(names, e.Name)
	}
	return names, err
}

func completeExercise(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	names, _ := exerciseNames()
	return names, cobra.ShellCompDirectiveNoFileComp
}
