//go:build unix

package player

import (
	"os/exec"
	"syscall"
)

// leadGroup makes cmd, once started, the leader of a group of processes of
// its own: Ctrl-C at the terminal reaches only the parent, which decides.
func leadGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// endGroup ends what a child that led a group of processes has left in it.
func endGroup(leader int) {
	syscall.Kill(-leader, syscall.SIGKILL) // mostly there is nobody
}
