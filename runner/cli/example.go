package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gosyncio/runner/example"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// exampleFlag is the flag with which watch writes something to watch.
const exampleFlag = "example"

func addExampleFlag(cmd *cobra.Command) {
	cmd.Flags().String(exampleFlag, "", "write a script and its port into a new `FOLDER`, to be watched; name it with =")
	cmd.Flags().Lookup(exampleFlag).NoOptDefVal = example.Folder
}

// writeExample writes the example that was asked for, and says what to do with
// it. rest is what else was named.
func writeExample(out *output, folder string, rest []string) error {
	switch {
	case len(rest) > 0:
		return fault.Usage("--example watches nothing, but got "+terminal.Printable(rest[0]),
			"name its folder with --example=FOLDER; what is for the program goes behind --")
	case folder == "":
		return fault.Usage("--example= lacks a name", "name the folder to write: --example=FOLDER")
	}
	if err := example.Write(folder); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out.shown(), `%s has a script and its first port to Go. Watch both:

cd %s
gosyncio watch %s ./%s
`, terminal.Printable(folder), quoted(folder), example.Script, example.Port)
	return err
}

// quoted is a folder as a shell takes it for one word.
func quoted(folder string) string {
	shown := terminal.Printable(folder)
	if strings.ContainsAny(shown, " \t'\"\\$`&|;<>()*?[]{}#~!") {
		return "'" + strings.ReplaceAll(shown, "'", `'\''`) + "'"
	}
	return shown
}
