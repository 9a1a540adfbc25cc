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

// Tell sends a signal to a process that leads a group: to all of that if it is
// one that a terminal sends, as Ctrl-C.
func Tell(leader *os.Process, signal os.Signal) {
	if s, ok := signal.(syscall.Signal); ok && (s == syscall.SIGINT || s == syscall.SIGQUIT || s == syscall.SIGHUP) {
		syscall.Kill(-leader.Pid, s)
		return
	}
	leader.Signal(signal)
}

// Pass passes a signal on to a process.
func Pass(process *os.Process, signal os.Signal) { process.Signal(signal) }
