package runner

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"gosyncio/content"
	"gosyncio/lessons"
)

// entry is a lesson with what its text says about itself.
type entry struct {
	lessons.Lesson
	content.Header
}

// entries are all lessons in teaching order.
func entries() ([]entry, error) {
	headers, err := content.Headers()
	if err != nil {
		return nil, err
	}
	byID := make(map[string]content.Header, len(headers))
	for _, h := range headers {
		byID[h.ID] = h
	}
	var all []entry
	for _, l := range lessons.All() {
		header, ok := byID[l.ID]
		if !ok {
			return nil, fmt.Errorf("lesson %s has no text in content/%s", l.ID, l.ID)
		}
		all = append(all, entry{l, header})
	}
	return all, nil
}

func (a *app) listCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "list the lessons with their variants and settings",
		Args:  noArguments,

		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := entries()
			if err != nil {
				return err
			}
			if asJSON {
				return a.printListJSON(all)
			}
			return a.printList(all)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (a *app) printList(all []entry) error {
	for _, e := range all {
		fmt.Fprintf(a.streams.Out, "%-11s %s: %s\n", e.Lesson.ID, e.Title, e.Summary)
		fmt.Fprintf(a.streams.Out, "%-11s asyncio: %s   Go: %s\n", "", e.Asyncio, e.Header.Go)
		fmt.Fprintf(a.streams.Out, "%-11s variants: %s\n", "", strings.Join(e.VariantNames(), ", "))
		if _, err := fmt.Fprintf(a.streams.Out, "%-11s settings: %s\n\n", "", settingsOf(e.Lesson)); err != nil {
			return err
		}
	}
	return nil
}

// settingsOf are the settings of a lesson with their defaults, in a line.
func settingsOf(l lessons.Lesson) string {
	var parts []string
	for _, s := range l.Settings {
		parts = append(parts, s.Name+"="+s.Default)
	}
	return strings.Join(parts, " ")
}

// printListJSON prints a public interface: fields are added, never renamed.
func (a *app) printListJSON(all []entry) error {
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
		l := lesson{ID: e.Lesson.ID, Title: e.Title, Asyncio: e.Asyncio, Go: e.Header.Go, Variants: e.VariantNames()}
		for _, s := range e.Settings {
			l.Settings = append(l.Settings, setting{s.Name, s.Default})
		}
		object.Lessons = append(object.Lessons, l)
	}
	return json.NewEncoder(a.streams.Out).Encode(object)
}

// printOverview is what the program says when there is nobody to show a
// menu to: the lessons with the commands that run them.
func (a *app) printOverview() error {
	all, err := entries()
	if err != nil {
		return err
	}
	fmt.Fprintln(a.streams.Out, "gosyncio teaches Go concurrency to people who know Python's asyncio.")
	fmt.Fprintln(a.streams.Out, "In a terminal it opens a menu. Each lesson can also be run by itself:")
	fmt.Fprintln(a.streams.Out)
	table := tabwriter.NewWriter(a.streams.Out, 0, 0, 3, ' ', 0)
	for _, e := range all {
		fmt.Fprintf(table, "  gosyncio run %s\t%s: %s\n", e.Lesson.ID, e.Title, e.Summary)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.streams.Out, "\nTo read one: gosyncio read LESSON. All commands: gosyncio help.")
	return err
}
