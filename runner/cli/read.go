package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"gosyncio/runner/course"
	"gosyncio/runner/page"
	"gosyncio/runner/terminal"
)

func newReadCommand(out *output) *cobra.Command {
	return &cobra.Command{
		Use:               "read LESSON",
		Short:             "print a lesson's text and code",
		Args:              oneLesson,
		ValidArgsFunction: completeLesson(nil),
		RunE: func(cmd *cobra.Command, args []string) error {
			lesson, err := course.Load(args[0])
			if err != nil {
				return err
			}
			return printLesson(out, lesson)
		},
	}
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
	return nil
}
