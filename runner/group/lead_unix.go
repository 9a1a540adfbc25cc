//go:build unix

package group

import (
	"os"
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

// HandOn has cmd, once started, hold files open, and returns the numbers by
// which it knows them.
func HandOn(cmd *exec.Cmd, files ...*os.File) (numbers []int) {
	const first = 3 // behind stdin, stdout and stderr
	for _, file := range files {
		numbers = append(numbers, first+len(cmd.ExtraFiles))
		cmd.ExtraFiles = append(cmd.ExtraFiles, file)
	}
	return numbers
}

// Interrupt is Ctrl-C for all of a group.
func Interrupt(leader int) { syscall.Kill(-leader, syscall.SIGINT) }

// Pass passes a signal on to a process.
func Pass(process *os.Process, signal os.Signal) { process.Signal(signal) }
