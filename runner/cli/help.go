package cli

import (
	"bytes"

	"github.com/spf13/cobra"
)

func newHelpCommand(out *output) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "tell about a command",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return commandNames(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noSuchCommand(cmd.Root(), args)
			}
			var text bytes.Buffer // Cobra does not say whether it could write
			about.InitDefaultHelpFlag()
			about.SetOut(&text)
			if err := about.Help(); err != nil {
				return err
			}
			_, err = out.Out.Write(text.Bytes())
			return err
		},
	}
}
