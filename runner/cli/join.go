package cli

import (
	"github.com/spf13/cobra"

	"gosyncio/runner/class"
	"gosyncio/runner/fault"
	"gosyncio/runner/screen"
	"gosyncio/runner/walk"
)

func newJoinCommand(out *output, tour func(screen.Any) *walk.Tour) *cobra.Command {
	var nick string
	var plain bool
	cmd := &cobra.Command{
		Use:   "join ADDRESS CODE --as NICKNAME",
		Short: "learn in a class: vote, ask for help, be seen by the instructor",
		Long: `Open the menu as somebody in a class. The address and the code are on the
slide. In a lesson, v votes on what the class is asked, and w says that you want
help.

Under the nickname that you choose, the instructor sees which page you are on,
which exercises you have solved, how often you have tried one, and whether you
want help. Others see how many have done what, and not who. Nothing else is
told, and nothing once you have left.`,
		Example: `  gosyncio class join http://192.168.1.20:41234 K7MPXR --as anna`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 || args[0] == "":
				return fault.Usage("join needs the address of a class", "it is on the slide: gosyncio class join ADDRESS CODE --as NICKNAME")
			case len(args) > 2:
				return fault.Usage("join takes an address and a code", "gosyncio class join ADDRESS CODE --as NICKNAME")
			}
			return nil
		},
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			code := ""
			if len(args) > 1 {
				code = args[1]
			}
			s, leave, err := out.screen(plain)
			if err != nil {
				return err
			}
			if s == nil {
				return fault.Usage("there is no terminal to learn in", "start gosyncio class join in a terminal")
			}
			defer leave()
			client, err := class.Join(cmd.Context(), args[0], code, nick)
			if err != nil {
				return err
			}
			defer client.Close()
			t := tour(s)
			if err := t.Join(client); err != nil {
				return err
			}
			return out.keep(t.Journal(), t.Menu(cmd.Context()))
		},
	}
	cmd.Flags().StringVar(&nick, "as", "", "be called `NICKNAME` there")
	cmd.Flags().BoolVar(&plain, "plain", false, "lines of text and numbered questions, without moving the cursor")
	return cmd
}
