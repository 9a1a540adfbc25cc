//go:build unix

package runner

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"gosyncio/runner/progress"
	"gosyncio/runner/termtest"
)

// Keys, as a terminal sends them.
const (
	keyEnter = "\r"
	keyEsc   = "\x1b"
	keyUp    = "\x1b[A"
	keyDown  = "\x1b[B"
	keyRight = "\x1b[C"
	keyLeft  = "\x1b[D"
	keyCtrlC = "\x03"
)

// shellPrompt is what the window's shell shows after the program's end.
const shellPrompt = "prompt$"

// shellStopped is what it writes each time that the program has been stopped.
// It wipes it away again: the screen of these tests restores another cursor
// than a terminal does.
const shellStopped = "[1]+  Stopped\r\x1b[2K"

// patience is how long to wait for what must come. It only passes whole
// when a test fails.
const patience = time.Minute

// A windowOptions says in what window a program is started and how.
type windowOptions struct {
	columns, rows int
	program       string // one of programs; "" is gosyncio
	args          []string
	environ       []string
	input         *os.File // nil is the terminal
	history       int      // how many lines are on the screen already
	jobs          bool     // the shell lets the program be stopped and brought back
	mute          bool     // the terminal answers no query, and so frames are not marked
}

// A window is a terminal in which a shell has started the program. Its end
// is waited for when the test ends.
type window struct {
	t        *testing.T
	keyboard *os.File // the terminal's other end
	tty      *os.File
	before   *term.State
	shell    *exec.Cmd
	hold     *os.File // lets the shell live, and has it bring back the program
	pid      int      // the program's

	mu     sync.Mutex
	drawn  *sync.Cond
	screen *termtest.Screen
	state  string // how the program ended, "" before
	ended  bool   // and all that it wrote is on the screen
	late   bool   // the test has waited too long

	awaited func() bool // what the test waits for; nil is nothing
	shown   string      // the screen on which it came
}

// open starts the program in a new window.
func open(t *testing.T, o windowOptions) *window {
	t.Helper()
	keyboard, tty, err := openTerminal()
	if err != nil {
		t.Fatal(err)
	}
	w := &window{t: t, keyboard: keyboard, tty: tty, screen: termtest.NewScreen(o.columns, o.rows)}
	w.drawn = sync.NewCond(&w.mu)
	w.screen.Changed = w.look
	if !o.mute {
		w.screen.Answer = keyboard
	}
	if err := pty.Setsize(tty, &pty.Winsize{Rows: uint16(o.rows), Cols: uint16(o.columns)}); err != nil {
		t.Fatal(err)
	}
	if w.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	report, reportEnd, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	holdEnd, hold, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	for i := range o.history {
		fmt.Fprintf(tty, "history %d\n", i+1)
	}
	if o.program == "" {
		o.program = "gosyncio"
	}
	kept := filepath.Join(t.TempDir(), "progress.json") // of who has seen the first screen
	if err := os.WriteFile(kept, []byte(`{"version": 2, "welcomed": "2026-03-02T09:00:00Z"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	w.shell = exec.Command(os.Args[0], o.args...)
	w.shell.Env = append([]string{
		asProgram + "=shell", asShell + "=" + o.program,
		"TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "LANG=C.UTF-8",
		progress.Variable + "=" + kept,
		"GORACE=atexit_sleep_ms=0", // the race detector's second for each process is not needed
	}, o.environ...)
	if o.jobs {
		w.shell.Env = append(w.shell.Env, asJobShell+"=1")
	}
	w.shell.Stdin, w.shell.Stdout, w.shell.Stderr = tty, tty, tty
	if o.input != nil {
		w.shell.Stdin = o.input
	}
	w.shell.ExtraFiles = []*os.File{reportEnd, holdEnd}
	w.shell.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 1}
	if err := w.shell.Start(); err != nil {
		t.Fatal(err)
	}
	reportEnd.Close()
	holdEnd.Close()
	w.hold = hold

	var readers sync.WaitGroup
	readers.Go(w.show)
	started := make(chan int, 1)
	readers.Go(func() { w.follow(report, started) })
	t.Cleanup(func() {
		hold.Close() // ends the shell, and the program if the test has failed
		w.shell.Wait()
		tty.Close()
		readers.Wait()
		keyboard.Close()
		report.Close()
	})
	if w.pid = <-started; w.pid == 0 {
		t.Fatalf("the shell could not start the program: %s", w.state)
	}
	return w
}

// openTerminal opens a pseudo-terminal. Closing the keyboard ends reading
// from it, which it would not do to the file that pty opens.
func openTerminal() (keyboard, tty *os.File, err error) {
	blocking, tty, err := pty.Open()
	if err != nil {
		return nil, nil, err
	}
	defer blocking.Close()
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	if err != nil {
		tty.Close()
		return nil, nil, err
	}
	return os.NewFile(uintptr(fd), "keyboard"), tty, nil
}

// show puts on the screen what is written to the terminal.
func (w *window) show() {
	buf := make([]byte, 4096)
	for {
		n, err := w.keyboard.Read(buf)
		w.mu.Lock()
		w.screen.Write(buf[:n])
		if w.state != "" && bytes.Contains(w.screen.Written(), []byte(shellPrompt)) || err != nil {
			w.ended = true
		}
		w.drawn.Broadcast()
		w.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// follow reads what the shell reports.
func (w *window) follow(report *os.File, started chan<- int) {
	defer close(started)
	lines := bufio.NewScanner(report)
	if !lines.Scan() {
		return
	}
	pid, err := strconv.Atoi(lines.Text())
	if err != nil {
		w.setState(lines.Text())
		return
	}
	started <- pid
	for lines.Scan() && lines.Text() == stopped {
		fmt.Fprint(w.tty, shellStopped) // after all that the program wrote
	}
	w.setState(lines.Text())
	// All that the program wrote comes before the prompt.
	fmt.Fprint(w.tty, shellPrompt)
}

func (w *window) setState(state string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state = state; state == "" {
		w.state = "unknown: the shell is gone"
	}
	w.drawn.Broadcast()
}

// press types keys, each at once. What the program has asked the terminal is
// answered before.
func (w *window) press(keys ...string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, key := range keys {
		if _, err := w.keyboard.WriteString(key); err != nil {
			w.t.Fatalf("press %q: %v", key, err)
		}
	}
}

// resize changes the size of the window.
func (w *window) resize(columns, rows int) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.screen.Resize(columns, rows)
	if err := pty.Setsize(w.tty, &pty.Winsize{Rows: uint16(rows), Cols: uint16(columns)}); err != nil {
		w.t.Fatal(err)
	}
}

// signal sends the program a signal, if it has not ended. A signal overtakes
// what has been typed, and the terminal's answers: those would come after the
// program's end, so the terminal should be mute.
func (w *window) signal(s syscall.Signal) {
	w.t.Helper()
	if err := syscall.Kill(w.pid, s); err != nil && err != syscall.ESRCH {
		w.t.Fatal(err)
	}
}

// text is what is on the screen.
func (w *window) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.screen.Text()
}

// written is all that has been written to the terminal.
func (w *window) written() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return string(w.screen.Written())
}

// ends waits for the program's end, and checks its exit code and that the
// terminal is as the program found it and no process is left. It returns
// what is on the screen then, without the shell's prompt.
func (w *window) ends(code int) string {
	w.t.Helper()
	w.wait("end of the program", func() bool { return w.ended })
	w.mu.Lock()
	defer w.mu.Unlock()
	fail := func(format string, args ...any) {
		w.t.Helper()
		w.t.Errorf(format+"\n%s", append(args, w.describe())...)
	}
	if want := fmt.Sprintf("exit status %d", code); w.state != want {
		fail("the program: %q, want %q", w.state, want)
	}
	if left := w.screen.Leftovers(); left != nil {
		fail("after the end: %s", strings.Join(left, "; "))
	}
	if after, err := term.GetState(w.tty.Fd()); err != nil || *after != *w.before {
		fail("after the end the terminal's mode is %+v, %v; before it was %+v", after, err, w.before)
	}
	if left := w.processes(); len(left) > 0 {
		fail("processes are left: %q", left)
	}
	text := w.screen.Text()
	before, ok := strings.CutSuffix(text, shellPrompt)
	if !ok || before != "" && !strings.HasSuffix(before, "\n") && !strings.HasSuffix(before, "^C") {
		fail("the prompt is not at the beginning of the last line")
	}
	return before
}
