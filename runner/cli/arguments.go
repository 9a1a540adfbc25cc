package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/course"
	"gosyncio/runner/fault"
)

// noArguments refuses arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fault.Usage(fmt.Sprintf("%s takes no arguments, but got %q", cmd.Name(), args[0]), "leave it out")
	}
	return nil
}

// oneLesson refuses anything but the name of one lesson. The dictionary is none,
// but has a program.
func oneLesson(cmd *cobra.Command, args []string) error {
	if err := lessonFirst(cmd, args); err != nil {
		return err
	}
	if args[0] == content.DictionaryID && !cmd.Flags().Changed("source") {
		return fault.Usage("the dictionary is no lesson", "look a word up: gosyncio dictionary WORD")
	}
	if len(args) > 1 {
		return fault.Usage(fmt.Sprintf("%s takes one lesson, but got also %q", cmd.Name(), args[1]), "name one lesson at a time")
	}
	return nil
}

// lessonFirst refuses arguments that do not begin with the name of a lesson.
func lessonFirst(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return fault.Usage(cmd.Name()+" needs a lesson", "the lessons are "+strings.Join(course.IDs(), ", "))
	}
	_, err := course.Find(args[0])
	return err
}

// oneFile refuses anything but the name of one file, such as the example.
func oneFile(example string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0 || args[0] == "":
			return fault.Usage(cmd.Name()+" needs a file", fmt.Sprintf("name it: %s %s", cmd.CommandPath(), example))
		case len(args) > 1:
			return fault.Usage(fmt.Sprintf("%s takes one file, but got also %q", cmd.Name(), args[1]), "name one file at a time")
		}
		return nil
	}
}

// completeLesson completes the first argument, a lesson, and the others
// with what more gives for that lesson; more may be nil.
func completeLesson(more func(lessons.Lesson) []string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return course.IDs(), cobra.ShellCompDirectiveNoFileComp
		}
		lesson, err := course.Find(args[0])
		if err != nil || more == nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return more(lesson), cobra.ShellCompDirectiveNoFileComp
	}
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
