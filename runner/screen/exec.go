package screen

import (
	"os/exec"

	tea "charm.land/bubbletea/v2"
)

// Exec lets a program that a learner's keys are for, such as an editor, have
// the terminal, while the Bubble Tea program that returns the command is
// suspended. Then ended says what to tell that one; the error is why the
// program could not run, or how it failed.
func (s *Screen) Exec(cmd *exec.Cmd, ended func(error) tea.Msg) tea.Cmd {
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.streams.In, s.streams.Out, s.streams.Err
	cmd.Env = s.streams.Environ
	return tea.ExecProcess(cmd, ended)
}
