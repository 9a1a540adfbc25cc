package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"gosyncio/runner/course"
	"gosyncio/runner/fault"
	"gosyncio/runner/page"
	"gosyncio/runner/plan"
	"gosyncio/runner/source"
	"gosyncio/runner/terminal"
)

func newReadCommand(out *output) *cobra.Command {
	var whole bool
	var with, file string
	cmd := &cobra.Command{
		Use:   "read LESSON",
		Short: "print a lesson's text and code",
		Long: `Print a lesson's text and code. With --source, print its whole program
instead: in Go with a main that runs all variants and tells how long each
took, or with --with python the Python file. Both run by themselves.`,
		Example: `  gosyncio read tasks
  gosyncio read tasks --source -o tasks.go && go run tasks.go`,
		Args:              oneLesson,
		ValidArgsFunction: completeLesson(nil),
		RunE: func(cmd *cobra.Command, args []string) error {
			lesson, err := course.Load(args[0])
			if err != nil {
				return err
			}
			if whole {
				return printSource(out, lesson, with, file)
			}
			for _, flag := range []string{"with", "output"} {
				if cmd.Flags().Changed(flag) {
					return fault.Usage("--"+flag+" is for a lesson's program", "add --source")
				}
			}
			return printLesson(out, lesson)
		},
	}
	cmd.Flags().BoolVar(&whole, "source", false, "print its whole program")
	cmd.Flags().StringVar(&with, "with", string(plan.Go), "the program in `go` or python")
	cmd.Flags().StringVarP(&file, "output", "o", "", "save the program to `FILE`, which must not exist")
	languages := []string{string(plan.Go), string(plan.Python)}
	cmd.RegisterFlagCompletionFunc("with", cobra.FixedCompletions(languages, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// printSource prints a lesson's whole program in a language, or saves it to a
// file if that is not "".
func printSource(out *output, lesson course.Lesson, with, file string) error {
	program := lesson.Text.Python
	switch language, err := plan.ParseLanguages(with); {
	case err != nil:
		return err
	case language == plan.Both:
		return fault.Usage("a program is in one language", "use --with go or --with python")
	case language == plan.Go:
		if program, err = source.Go(lesson.Program); err != nil {
			return err
		}
	}
	if file != "" {
		return source.Save(file, program)
	}
	_, err := out.Out.Write(program)
	return err
}

// printLesson prints all pages of a lesson.
func printLesson(out *output, lesson course.Lesson) error {
	columns, _ := out.Size()
	shown := out.shown()
	setter := page.New(lesson, out.Colours())
	fmt.Fprintf(shown, "%s: %s\n", lesson.Text.Title, lesson.Text.Summary)
	for _, p := range lesson.Text.Pages {
		lines, err := setter.Lines(p, page.View{Folding: page.Once}, columns)
		if err != nil {
			return err
		}
		title := "## " + p.Title
		if out.Colours() {
			title = terminal.NewStyle(true).Title(p.Title)
		}
		fmt.Fprintf(shown, "\n%s\n\n", title)
		for _, line := range lines {
			if _, err := fmt.Fprintln(shown, line); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(out.Out, "\nA line with + stands for code that was shown before. The whole program:\ngosyncio read %s --source, and with --with python the one in Python.\n", lesson.ID)
	return err
}
