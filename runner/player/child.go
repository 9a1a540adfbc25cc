package player

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"gosyncio/lessons"
	"gosyncio/runner/child"
)

// ChildCommand is the first argument with which the program starts itself
// again to run one variant.
const ChildCommand = "__run"

// Child is the program in its role as a child: it runs the variant that
// args, the arguments after ChildCommand, name. It returns the exit status,
// or does not return if it was asked to stop in the middle, see child.Run.
func Child(args []string) int {
	variant, values, measured, err := parseArgs(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return child.Run(child.Options{Untraced: variant.Untraced, Alone: isAlone(variant), Measured: measured},
		func(ctx context.Context) error { return variant.Run(ctx, values) })
}

// childArgs are the arguments that make the program a child for the job.
func childArgs(j Job) []string {
	args := []string{ChildCommand, j.Lesson.ID, j.Variant.Name, strconv.FormatBool(j.Variant.Untraced), strconv.FormatBool(j.Measured), j.Values.Server}
	for name, text := range j.Values.Secret() {
		if text != "" {
			args = append(args, name+"="+text)
		}
	}
	return args
}

// parseArgs reads what childArgs wrote, without the first.
func parseArgs(args []string) (variant lessons.Variant, values lessons.Values, measured bool, err error) {
	if len(args) < 5 {
		return variant, values, false, fmt.Errorf("%s is for the program itself; see gosyncio help run", ChildCommand)
	}
	lesson, err := lessons.Find(args[0])
	if err != nil {
		return variant, values, false, err
	}
	if variant, err = lesson.Variant(args[1]); err != nil {
		return variant, values, false, err
	}
	variant.Untraced, measured = args[2] == "true", args[3] == "true"
	values = lesson.Defaults()
	values.Server = args[4]
	for _, arg := range args[5:] {
		name, text, _ := strings.Cut(arg, "=")
		if values, err = values.With(name, text); err != nil {
			return variant, values, false, err
		}
	}
	return variant, values, measured, nil
}
