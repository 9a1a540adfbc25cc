package runner

import (
	"fmt"

	"github.com/spf13/cobra"

	"gosyncio/content"
	"gosyncio/lessons"
)

func (a *app) readCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "read LESSON",
		Short:             "print a lesson's text and code",
		Args:              oneLesson,
		ValidArgsFunction: completeLesson(nil),
		RunE: func(cmd *cobra.Command, args []string) error {
			lesson, err := lessons.Find(args[0])
			if err != nil {
				return usage("", err)
			}
			text, err := content.Load(lesson.ID)
			if err != nil {
				return err
			}
			columns, _ := a.streams.Size()
			r := newReader(lesson, text, a.colours())
			fmt.Fprintf(a.streams.Out, "%s: %s\n", text.Title, text.Summary)
			for _, p := range text.Pages {
				lines, err := r.lines(p, columns)
				if err != nil {
					return err
				}
				title := r.palette.Title(p.Title)
				if !a.colours() {
					title = "## " + p.Title
				}
				fmt.Fprintf(a.streams.Out, "\n%s\n\n", title)
				for _, line := range lines {
					if _, err := fmt.Fprintln(a.streams.Out, line); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}
