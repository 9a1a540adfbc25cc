//go:build unix

package group

import (
	"os/exec"
	"syscall"
)

// Lead makes cmd, once started, the leader of a group of processes of
// its own: Ctrl-C at the terminal reaches only the parent, which decides.
func Lead(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// Detach makes cmd, once started, the leader of a session of its own: what
// happens to the terminal, or at it, is nothing to it.
func Detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// End ends what a child that led a group of processes has left in it.
func End(leader int) {
	syscall.Kill(-leader, syscall.SIGKILL) // mostly there is nobody
}
