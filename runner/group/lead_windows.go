package group

import (
	"os"
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

// HandOn has cmd, once started, hold files open, and returns the handles by
// which it knows them.
func HandOn(cmd *exec.Cmd, files ...*os.File) (handles []int) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	for _, file := range files {
		handle := syscall.Handle(file.Fd())
		syscall.SetHandleInformation(handle, syscall.HANDLE_FLAG_INHERIT, syscall.HANDLE_FLAG_INHERIT)
		cmd.SysProcAttr.AdditionalInheritedHandles = append(cmd.SysProcAttr.AdditionalInheritedHandles, handle)
		handles = append(handles, int(handle))
	}
	return handles
}

// Tell does nothing: here a process is only ended.
func Tell(*os.Process, os.Signal) {}

// Pass ends a process, for here other signals cannot be sent.
func Pass(process *os.Process, _ os.Signal) { process.Kill() }
