package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gosyncio/content"
	"gosyncio/runner/dictionary"
	"gosyncio/runner/fault"
	"gosyncio/runner/page"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
	"gosyncio/runner/walk"
)

func newDictionaryCommand(out *output, tour func(screen.Any) *walk.Tour) *cobra.Command {
	var asJSON, plain bool
	cmd := &cobra.Command{
		Use:   "dictionary [WORD]",
		Short: "look up a word of asyncio, or of Go, in the other language",
		Long: `Look up a word of asyncio, or of Go, in the other language: what it does, what
one writes instead, what differs, and a program in both languages that shows
it. Spelling is forgiven: capitals, dots and underscores do not count.`,
		Example: `  gosyncio dictionary wait_for
  gosyncio dictionary errgroup
  gosyncio dictionary --json`,
		ValidArgsFunction: completeWord,
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON && plain {
				return fault.Usage("--json and --plain exclude each other", "choose one of them")
			}
			d, err := dictionary.Load()
			if err != nil {
				return err
			}
			found := d.Entries
			if len(args) > 0 {
				if found, err = d.Find(strings.Join(args, " ")); err != nil {
					return err
				}
			}
			if asJSON {
				return printDictionaryJSON(out, found)
			}
			s, leave, err := out.screen(plain)
			if err != nil {
				return err
			}
			if s == nil {
				return printEntries(out, found)
			}
			defer leave()
			return tour(s).Dictionary(cmd.Context(), d, found)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&plain, "plain", false, "lines of text and numbered questions, without moving the cursor")
	return cmd
}

// completeWord completes a word with the names of asyncio.
func completeWord(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	d, err := dictionary.Load()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, e := range d.Entries {
		names = append(names, e.Names...)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// printDictionaryJSON prints a public interface: fields are added, never
// renamed. Each name has an entry of its own.
func printDictionaryJSON(out *output, found []content.Entry) error {
	type entry struct {
		Asyncio string `json:"asyncio"`
		Go      string `json:"go"`
		What    string `json:"what"`
		Differs string `json:"differs"`
		Runs    string `json:"runs"`
	}
	object := struct {
		Entries []entry `json:"entries"`
	}{}
	for _, e := range found {
		for _, name := range e.Names {
			object.Entries = append(object.Entries, entry{
				Asyncio: name,
				Go:      content.StripBackticks(e.Go),
				What:    content.StripBackticks(e.About()),
				Differs: content.StripBackticks(e.Differs),
				Runs:    content.StripBackticks(dictionary.Runs(e)),
			})
		}
	}
	return json.NewEncoder(out.Out).Encode(object)
}

// printEntries prints one entry in full, or several in a line each.
func printEntries(out *output, found []content.Entry) error {
	if len(found) == 1 {
		return printEntry(out, found[0])
	}
	var text strings.Builder
	for _, e := range found {
		text.WriteString(e.Title() + ": " + content.StripBackticks(e.Go) + "\n")
	}
	text.WriteString("\nTo read one: gosyncio dictionary WORD\n")
	_, err := out.Out.WriteString(text.String())
	return err
}

// printEntry prints an entry with its code, and the command that runs it.
func printEntry(out *output, e content.Entry) error {
	lesson, err := dictionary.Lesson(e)
	if err != nil {
		return err
	}
	columns, _ := out.Size()
	p := lesson.Text.Pages[0]
	lines, err := page.New(lesson, out.Colours()).Lines(p, page.View{Folding: page.Open}, columns)
	if err != nil {
		return err
	}
	title := terminal.NewStyle(out.Colours()).Title(p.Title)
	_, err = fmt.Fprintf(out.shown(), "%s\n\n%s\n", title, strings.Join(lines, "\n"))
	return err
}
