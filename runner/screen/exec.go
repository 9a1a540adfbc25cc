package screen

import (
	"os/exec"

	tea "charm.land/bubbletea/v2"
)

// execMsg says that another program is to have the terminal for a while.
type execMsg struct {
	cmd   *exec.Cmd
	ended func(error) tea.Msg
}

// Exec lets a program that a learner's keys are for, such as an editor, have
// the terminal, while the Bubble Tea program that returns the command is
// suspended. Then ended says what to tell that one; the error is why the
// program could not run, or how it failed.
func (s *Screen) Exec(cmd *exec.Cmd, ended func(error) tea.Msg) tea.Cmd {
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.streams.In, s.streams.Out, s.streams.Err
	cmd.Env = s.streams.Environ
	return func() tea.Msg { return execMsg{cmd, ended} }
}

// exec is Bubble Tea's own way, with our keyboard: nobody else reads what is
// typed into the other program.
func (r *running) exec(msg execMsg) tea.Msg {
	if r.keyboard != nil {
		r.keyboard.stop()
	}
	if err := r.program.ReleaseTerminal(); err != nil {
		return r.quit()
	}
	failed := msg.cmd.Run()
	if r.keyboard != nil && r.keyboard.start() != nil {
		return r.quit()
	}
	if err := r.program.RestoreTerminal(); err != nil {
		return r.quit()
	}
	r.idler.awake(r.program)
	return msg.ended(failed)
}
