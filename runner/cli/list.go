package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gosyncio/runner/course"
	"gosyncio/runner/plan"
)

func newListCommand(out *output) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:               "list",
		Short:             "list the lessons with their variants and settings",
		Args:              noArguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := course.Entries()
			if err != nil {
				return err
			}
			if asJSON {
				return printListJSON(out, all)
			}
			return printList(out, all)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printList(out *output, all []course.Entry) error {
	var text strings.Builder
	for _, e := range all {
		const indent = 12
		text.WriteString(out.hanging(e.ID, e.Header.Title+": "+e.Header.Summary, indent))
		text.WriteString(out.hanging("", "asyncio: "+e.Header.Asyncio+"   Go: "+e.Header.Go, indent))
		text.WriteString(out.hanging("", "variants: "+strings.Join(e.Program.VariantNames(), ", "), indent))
		text.WriteString(out.hanging("", "settings: "+plan.Settings(e.Program), indent) + "\n")
	}
	_, err := out.Out.WriteString(text.String())
	return err
}

// printListJSON prints a public interface: fields are added, never renamed.
func printListJSON(out *output, all []course.Entry) error {
	type setting struct {
		Name    string `json:"name"`
		Default string `json:"default"`
	}
	type lesson struct {
		ID       string    `json:"id"`
		Title    string    `json:"title"`
		Asyncio  string    `json:"asyncio"`
		Go       string    `json:"go"`
		Variants []string  `json:"variants"`
		Settings []setting `json:"settings"`
	}
	object := struct {
		Lessons []lesson `json:"lessons"`
	}{}
	for _, e := range all {
		l := lesson{ID: e.ID, Title: e.Header.Title, Asyncio: e.Header.Asyncio, Go: e.Header.Go, Variants: e.Program.VariantNames()}
		for _, s := range e.Program.Settings {
			l.Settings = append(l.Settings, setting{s.Name, s.Default})
		}
		object.Lessons = append(object.Lessons, l)
	}
	return json.NewEncoder(out.Out).Encode(object)
}

// printOverview is what the program says when there is nobody to show a
// menu to: the lessons with the commands that run them.
func printOverview(out *output) error {
	all, err := course.Entries()
	if err != nil {
		return err
	}
	fmt.Fprintln(out.Out, "gosyncio teaches Go concurrency to people who know Python's asyncio.")
	fmt.Fprintln(out.Out, "In a terminal it opens a menu. Each lesson can also be run by itself:")
	fmt.Fprintln(out.Out)
	const run, gap = "  gosyncio run ", 3
	widest := 0
	for _, e := range all {
		widest = max(widest, len(e.ID))
	}
	for _, e := range all {
		fmt.Fprint(out.Out, out.hanging(run+e.ID, e.Header.Title+": "+e.Header.Summary, len(run)+widest+gap))
	}
	_, err = fmt.Fprintln(out.Out, "\nTo read one: gosyncio read LESSON. All commands: gosyncio help.")
	return err
}
