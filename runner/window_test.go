//go:build unix

package runner

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
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
	pid      int // the program's

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
	w.shell = exec.Command(os.Args[0], o.args...)
	w.shell.Env = append([]string{
		asProgram + "=shell", asShell + "=" + o.program,
		"TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "LANG=C.UTF-8",
		progress.Variable + "=" + t.TempDir(),
		"GORACE=atexit_sleep_ms=0", // the race detector's second for each process is not needed
	}, o.environ...)
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

// look is called for each change of the screen, however short it stands, with
// w.mu held: what a test waits for is found the first time it is there, and
// not only where the machine lets the test look in time.
func (w *window) look() {
	if w.awaited != nil && !w.screen.Updating() && w.awaited() {
		w.awaited, w.shown = nil, w.screen.Text()
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
	lines.Scan()
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

// waitFor waits until all of the texts are on the screen at a time, and
// returns what is on it then.
func (w *window) waitFor(texts ...string) string {
	w.t.Helper()
	return w.waitUntil(fmt.Sprintf("%q", texts), func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// waitForMatch waits until each of the regular expressions matches the
// screen.
func (w *window) waitForMatch(expressions ...string) string {
	w.t.Helper()
	compiled := make([]*regexp.Regexp, len(expressions))
	for i, expression := range expressions {
		compiled[i] = regexp.MustCompile(expression)
	}
	return w.waitUntil(fmt.Sprintf("match of %q", expressions), func(screen string) bool {
		for _, expression := range compiled {
			if !expression.MatchString(screen) {
				return false
			}
		}
		return true
	})
}

// waitUntil waits until ok holds for what is on the screen.
func (w *window) waitUntil(what string, ok func(screen string) bool) string {
	w.t.Helper()
	return w.wait(what, func() bool { return ok(w.screen.Text()) })
}

// settled waits until nothing is drawn any more, and returns what is on the
// screen then.
func (w *window) settled() string {
	w.t.Helper()
	whole := func() string { return w.waitUntil("whole frame", func(string) bool { return true }) }
	for before := whole(); ; {
		time.Sleep(500 * time.Millisecond)
		after := whole()
		if after == before {
			return after
		}
		before = after
	}
}

// wait waits until ok holds, which is called for each change of the screen,
// but not in the middle of a frame that the program has marked as such. It
// returns what was on the screen then.
func (w *window) wait(what string, ok func() bool) string {
	w.t.Helper()
	defer w.hurry().Stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.awaited = ok
	for w.look(); w.awaited != nil; w.look() {
		if w.ended || w.late {
			w.t.Fatalf("no %s; the program: %q\n%s", what, w.state, w.describe())
		}
		w.drawn.Wait()
	}
	return w.shown
}

// hurry ends waiting when patience has passed.
func (w *window) hurry() *time.Timer {
	return time.AfterFunc(patience, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.late = true
		w.drawn.Broadcast()
	})
}

// hangUp closes the window and waits for the program's end. It returns how
// it ended.
func (w *window) hangUp() string {
	w.t.Helper()
	w.keyboard.Close()
	defer w.hurry().Stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.state == "" && !w.late {
		w.drawn.Wait()
	}
	if w.late {
		w.t.Fatalf("goes on without a terminal\n%s", w.describe())
	}
	return w.state
}

// describe is the screen in a frame, with w.mu held.
func (w *window) describe() string {
	columns, rows := w.screen.Size()
	var b strings.Builder
	fmt.Fprintf(&b, "+%s+ %d×%d\n", strings.Repeat("-", columns), columns, rows)
	for _, row := range w.screen.Rows() {
		fmt.Fprintf(&b, "|%s%s|\n", row, strings.Repeat(" ", max(0, columns-len([]rune(row)))))
	}
	fmt.Fprintf(&b, "+%s+\n", strings.Repeat("-", columns))
	raw := w.screen.Written()
	fmt.Fprintf(&b, "last written: %q", raw[max(0, len(raw)-300):])
	return b.String()
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

// processes are those in the window besides the shell, as far as the system
// tells. Only Linux does.
func (w *window) processes() []string {
	if runtime.GOOS != "linux" {
		return nil
	}
	var found []string
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue // gone
		}
		// pid (name) state parent group session ...
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		pid := filepath.Base(filepath.Dir(file))
		if fields[0] == "Z" || fields[3] != strconv.Itoa(w.shell.Process.Pid) || pid == fields[3] {
			continue
		}
		command, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "cmdline"))
		found = append(found, pid+" "+string(bytes.ReplaceAll(command, []byte{0}, []byte(" "))))
	}
	return found
}

// waitForRuns waits until n runs are going on in the window, where the
// system tells.
func (w *window) waitForRuns(n int) {
	w.t.Helper()
	if runtime.GOOS != "linux" {
		return
	}
	for late := time.Now().Add(patience); len(w.processes()) != n; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			w.t.Fatalf("processes: %q, want %d", w.processes(), n)
		}
	}
}
