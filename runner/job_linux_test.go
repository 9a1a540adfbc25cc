package runner

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// asJob makes a program that is started a job in the foreground.
func asJob() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Foreground: true, Ctty: 1}
}

// reportStops reports each time that the job stops, and takes the terminal
// then. It returns when the job has ended, which is still to be waited for.
func reportStops(job int, report io.Writer) {
	signal.Ignore(syscall.SIGTTOU) // or taking the terminal would stop the shell
	for {
		var info unix.Siginfo
		if err := unix.Waitid(unix.P_PID, job, &info, unix.WEXITED|unix.WSTOPPED|unix.WNOWAIT, nil); err == syscall.EINTR {
			continue
		} else if err != nil {
			fmt.Fprintln(report, "cannot wait:", err)
			return
		}
		const clStopped = 5 // CLD_STOPPED
		if info.Code != clStopped {
			return
		}
		unix.Waitid(unix.P_PID, job, &info, unix.WSTOPPED, nil) // it has been seen
		giveTerminal(syscall.Getpgrp())
		fmt.Fprintln(report, stopped)
	}
}

// foreground does what fg does.
func foreground(job int) {
	giveTerminal(job)
	syscall.Kill(-job, syscall.SIGCONT)
}

func giveTerminal(group int) { unix.IoctlSetPointerInt(int(os.Stdin.Fd()), unix.TIOCSPGRP, group) }

// suspended waits until the program has stopped, for the nth time, and checks
// that the terminal is as the program found it.
func (w *window) suspended(n int) {
	w.t.Helper()
	w.waitForStop(n)
	w.mu.Lock()
	defer w.mu.Unlock()
	if left := w.screen.Leftovers(); left != nil {
		w.t.Errorf("while it is stopped: %s\n%s", strings.Join(left, "; "), w.describe())
	}
	if now, err := term.GetState(w.tty.Fd()); err != nil || *now != *w.before {
		w.t.Errorf("while it is stopped the terminal's mode is %+v, %v; before it was %+v", now, err, w.before)
	}
}

// waitForStop waits until the program has been stopped for the nth time, and
// all that it wrote is on the screen.
func (w *window) waitForStop(n int) {
	w.t.Helper()
	w.wait("stop", func() bool {
		return bytes.Count(w.screen.Written(), []byte(shellStopped)) == n
	})
}

// resume brings the program to the foreground.
func (w *window) resume() {
	w.t.Helper()
	if _, err := w.hold.Write([]byte{1}); err != nil {
		w.t.Fatal(err)
	}
}
