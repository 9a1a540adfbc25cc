package cli

import (
	"cmp"
	"context"
	"io"

	"github.com/spf13/cobra"
)

func newHelpCommand() *cobra.Command {
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
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// Execute runs a command line of New. Unlike Cobra it says whether help could
// be printed, and gives none about a command that is not there.
func Execute(ctx context.Context, root *cobra.Command, args []string) error {
	text := &printed{to: root.OutOrStdout()}
	root.SetOut(text)
	root.SetArgs(args)
	var misnamed error
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if cmd.HasSubCommands() {
			misnamed = cmd.ValidateArgs(cmd.Flags().Args())
		}
		if misnamed == nil {
			help(cmd, args)
		}
	})
	return cmp.Or(root.ExecuteContext(ctx), misnamed, text.err)
}

// printed remembers why something could not be printed; nobody else is told.
type printed struct {
	to  io.Writer
	err error
}

func (p *printed) Write(text []byte) (int, error) {
	if p.err == nil {
		_, p.err = p.to.Write(text)
	}
	return len(text), nil
}
