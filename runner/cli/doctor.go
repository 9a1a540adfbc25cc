package cli

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"gosyncio/runner/doctor"
	"gosyncio/runner/fault"
	"gosyncio/runner/player"
	"gosyncio/runner/terminal"
)

func newDoctorCommand(out *output, p *player.Player) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "tell whether this machine is ready for the lessons",
		Long: `Look at what the lessons need and what makes them better, and say what to do
about what is missing. The exit code is 1 if no lesson would run.`,
		Args:              noArguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			machine := doctor.Machine{Streams: out.Streams, Player: p, Colours: out.Colours(), NoColor: out.noColor}
			findings := machine.Examine(cmd.Context())
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			print := printFindings
			if asJSON {
				print = printFindingsJSON
			}
			if err := print(out, findings); err != nil {
				return err
			}
			if !doctor.Ready(findings) {
				return fault.ErrRunFailed
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printFindings(out *output, findings []doctor.Finding) error {
	style := terminal.NewStyle(out.Colours())
	var text bytes.Buffer
	for _, f := range findings {
		mark := style.Good("ok")
		switch {
		case !f.OK && f.Needed:
			mark = style.Bad("NO")
		case !f.OK:
			mark = style.Warning("! ")
		}
		const indent = 14
		text.WriteString(out.hanging(mark+"  "+f.Name, f.Found, indent))
		if f.Next != "" {
			text.WriteString(out.hanging("", f.Next, indent))
		}
	}
	if doctor.Ready(findings) {
		fmt.Fprintln(&text, "\nready: the lessons run on this machine")
	} else {
		fmt.Fprintln(&text, "\nnot ready: the lessons do not run on this machine")
	}
	_, err := out.Out.Write(text.Bytes())
	return err
}

// printFindingsJSON prints a public interface, see doctor.Finding.
func printFindingsJSON(out *output, findings []doctor.Finding) error {
	return json.NewEncoder(out.Out).Encode(struct {
		Ready  bool             `json:"ready"` // whether lessons can be run
		Checks []doctor.Finding `json:"checks"`
	}{doctor.Ready(findings), findings})
}
