package player

import (
	"os/exec"
	"syscall"
)

// leadGroup keeps Ctrl-C at the console from cmd: the parent decides.
func leadGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// endGroup does nothing: here such a group cannot be ended as a whole.
func endGroup(int) {}
