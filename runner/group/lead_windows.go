package group

import (
	"os/exec"
	"syscall"
)

// Lead keeps Ctrl-C at the console from cmd: the parent decides.
func Lead(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// Detach is Lead.
func Detach(cmd *exec.Cmd) { Lead(cmd) }

// End does nothing: here such a group cannot be ended as a whole.
func End(int) {}
