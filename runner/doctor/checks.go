package doctor

import (
	"context"
	"errors"
	"fmt"
	"go/version"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"gosyncio/runner/fault"
	"gosyncio/runner/group"
	"gosyncio/runner/plan"
	"gosyncio/runner/progress"
	"gosyncio/runner/stage"
)

// answerTime is how long a program may take to answer.
const answerTime = 10 * time.Second

// commandOutput runs a program and returns the beginning and the end of what
// it prints. What it has started is ended with it, and so is what prints
// without an end.
func (m Machine) commandOutput(ctx context.Context, environ []string, name string, args ...string) (string, error) {
	const kept, most = 2 << 10, 1 << 20 // bytes
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	cmd := group.Command(ctx, name, args...)
	cmd.Env = append(append([]string{}, m.Streams.Environ...), environ...)
	printed := &group.Output{Each: kept, Most: most, More: cancel}
	cmd.Stdout, cmd.Stderr = printed, io.Discard
	status, err := group.Run(cmd)
	switch {
	case err == nil && ctx.Err() != nil:
		err = ctx.Err()
	case err == nil && status != 0:
		err = fmt.Errorf("exit status %d", status)
	}
	return strings.TrimSpace(printed.String()), err
}

func (m Machine) checkGo(ctx context.Context) (found, next string) {
	path, err := m.Streams.Environ.LookPath("go")
	if err != nil {
		return installedGo("", "", runtime.Version())
	}
	printed, _ := m.commandOutput(ctx, []string{"GOTOOLCHAIN=local"}, path, "version") // local: or it might download another
	found, next = installedGo(path, regexp.MustCompile(`go[1-9]\S*`).FindString(printed), runtime.Version())
	if next == "" && !m.detectsRaces(ctx, path) {
		return found + ". There is no C compiler for its race detector: exercises are checked, but not for races",
			"install a C compiler, such as gcc"
	}
	return found, next
}

// detectsRaces reports whether the Go at path can build what has the race
// detector in it, which on most systems takes a C compiler.
func (m Machine) detectsRaces(ctx context.Context, path string) bool {
	if runtime.GOOS == "darwin" {
		return true
	}
	compiler, err := m.commandOutput(ctx, []string{"GOTOOLCHAIN=local", "GOENV=off", "GOWORK=off", "CGO_ENABLED=1"}, path, "env", "CC")
	fields := strings.Fields(compiler)
	if err != nil || len(fields) == 0 {
		return true // a check will tell
	}
	_, err = m.Streams.Environ.LookPath(fields[0])
	return err == nil
}

// installedGo says what the Go at path is good for, which says that it is of
// that version; "" is no such Go, or one that does not tell. The lessons run
// on the one that this program was built with.
func installedGo(path, installed, ours string) (found, next string) {
	const oldest = "1.25" // has all that exercises and programs of lessons use
	const install = "for exercises, install Go " + oldest + " or newer from https://go.dev/dl"
	own := "the lessons run on gosyncio's own, " + goNumber(ours)
	number := goNumber(installed)
	switch {
	case path == "":
		return "not installed: " + own + ", but exercises and code of yours need one", install
	case number == "":
		return path + " does not tell its version: " + own + ", but exercises and code of yours need one", install
	case version.Compare("go"+number, "go"+oldest) < 0:
		return fmt.Sprintf("%s at %s is too old for exercises and code of yours; %s", number, path, own), install
	}
	found = fmt.Sprintf("%s at %s, for exercises and code of yours; %s", number, path, own)
	if version.Lang("go"+number) == "go1.26" {
		found += ". To have its profiler find goroutines that wait for ever, take Go 1.27, or build with GOEXPERIMENT=goroutineleakprofile"
	}
	return found, ""
}

// goNumber is the version in what Go says of itself, such as "1.27.3" or
// "1.27rc1"; "" if there is none.
func goNumber(text string) string {
	return regexp.MustCompile(`[1-9]\d*\.\d+((\.|rc|beta)\d+)?`).FindString(text)
}

func (m Machine) checkPython(ctx context.Context) (found, next string) {
	python, err := m.Player.Python(ctx)
	missing, ok := errors.AsType[*fault.Error](err)
	switch {
	case err != nil && !ok:
		return "it was not looked for: " + err.Error(), "start gosyncio doctor again"
	case ok:
		return missing.What + ": Python code is shown, but not run", missing.Next
	}
	found = fmt.Sprintf("%s at %s", python.Version, python.Path)
	if err := m.writeTemporary(); err != nil { // a run in Python does
		return found + ", but there is no place for temporary files: " + err.Error(), "set TMPDIR to a folder with room that can be written to"
	}
	for _, lacking := range m.Player.PythonLacks(ctx, python) {
		return found + ", but " + lacking.What, lacking.Next // one thing at a time
	}
	return found, ""
}

// writeTemporary reports why there can be no temporary file of a few
// kilobytes; nil if there can.
func (m Machine) writeTemporary() error {
	folder, err := m.Streams.Environ.MkdirTemp()
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	return os.WriteFile(filepath.Join(folder, "file"), make([]byte, 64<<10), 0o600)
}

func (m Machine) checkAiohttp(ctx context.Context) (found, next string) {
	python, err := m.Player.Python(ctx)
	if err != nil {
		return "there is no Python to ask", "see python"
	}
	version := m.Player.AiohttpVersion(ctx, python)
	if version == "" {
		return "not installed: in the lesson fetch, asyncio's own streams stand in for it", "to see it there, install it: " + python.Path + " -m pip install aiohttp"
	}
	return version, ""
}

// checkTerminal is for an output that is a terminal or not, live if the
// cursor can be moved, with somebody to press keys or not.
func checkTerminal(isTerminal, live, interactive bool, columns, rows int) (found, next string) {
	size := fmt.Sprintf("%d columns, %d rows", columns, rows)
	const good = "make the window 80 columns wide and 24 rows high, or larger"
	switch {
	case !isTerminal:
		return "the output is no terminal: runs are shown as text, and there is no menu", "start gosyncio in a terminal, without a pipe"
	case !live:
		return "TERM=dumb: all is shown as lines of text", "use another terminal, or set TERM to what yours is"
	case !interactive:
		return size + ", but the input is no terminal: there is no menu", "start gosyncio without a pipe"
	case columns < stage.MinWidth || rows < stage.MinHeight:
		return size + ": too small for timelines", good
	case columns < 80 || rows < 24:
		return size + ": enough for timelines, but small", good
	}
	return size, ""
}

func (m Machine) checkColours(context.Context) (found, next string) {
	const enough = ", which is fine: everything reads without"
	switch {
	case m.Colours:
		return "on", ""
	case m.NoColor:
		return "off for --no-color" + enough, ""
	case m.Streams.Environ.Get("NO_COLOR") != "":
		return "off for NO_COLOR" + enough, ""
	case m.Streams.Environ.Get("TERM") == "dumb":
		return "off for TERM=dumb" + enough, ""
	}
	return "off, as the output is no terminal" + enough, ""
}

func (m Machine) checkUTF8(context.Context) (found, next string) {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := m.Streams.Environ.Get(name)
		if value == "" {
			continue
		}
		found := name + "=" + value
		if charset := strings.ToLower(value); strings.Contains(charset, "utf-8") || strings.Contains(charset, "utf8") {
			return found, ""
		}
		return found + ": timelines may show as question marks", fmt.Sprintf("set %s=C.UTF-8, or your language's such as en_GB.UTF-8", name)
	}
	if runtime.GOOS == "windows" {
		return "Windows needs no locale for it", ""
	}
	return "no locale is set: timelines may show as question marks", "set LANG=C.UTF-8, or your language's such as en_GB.UTF-8"
}

// checkLoopback sends a word to a listener of its own.
func checkLoopback(ctx context.Context) (found, next string) {
	if err := loopback(ctx, "hello"); err != nil {
		return "127.0.0.1 does not work: " + err.Error(), "allow it: a firewall or a sandbox may forbid programs to talk to themselves"
	}
	return "127.0.0.1 listens and answers", ""
}

// loopback reports why a word did not arrive at 127.0.0.1; nil if it did.
func loopback(ctx context.Context, word string) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer listener.Close()
	sender, err := (&net.Dialer{}).DialContext(ctx, "tcp", listener.Addr().String())
	if err != nil {
		return err
	}
	defer sender.Close()
	defer context.AfterFunc(ctx, func() { listener.Close() })()
	receiver, err := listener.Accept()
	if err != nil {
		return err
	}
	defer receiver.Close()
	if _, err := sender.Write([]byte(word)); err != nil {
		return err
	}
	receiver.SetReadDeadline(time.Now().Add(patience))
	received := make([]byte, len(word))
	if _, err := io.ReadFull(receiver, received); err != nil {
		return err
	}
	if string(received) != word {
		return fmt.Errorf("sent %q, received %q", word, received)
	}
	return nil
}

// checkRun runs a short lesson, each variant in a child process as ever.
func (m Machine) checkRun(ctx context.Context) (found, next string) {
	const byHand = "see what gosyncio run tasks --plain says; is the program allowed to start itself?"
	r, err := plan.New("tasks", nil, []string{"a=10ms", "b=10ms"}, plan.Go)
	if err != nil {
		return err.Error(), byHand
	}
	c, err := m.Player.Play(ctx, r.Setup())
	if err != nil {
		return err.Error(), byHand
	}
	c.Wait()
	var times []string
	for _, run := range c.Snapshot().Runs {
		if run.Status.Err != "" {
			return fmt.Sprintf("%s failed: %s", run.Job.Variant.Name, run.Status.Err), byHand
		}
		times = append(times, fmt.Sprintf("%s took %v", run.Job.Variant.Name, run.Status.Elapsed.Round(time.Millisecond)))
	}
	return "two workers of 10ms each: " + strings.Join(times, ", "), ""
}

func (m Machine) checkProgress(context.Context) (found, next string) {
	path, err := progress.Path(m.Streams.Environ)
	if err == nil {
		err = progress.Open(path).Check()
	}
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return e.What, e.Next
	}
	return "kept in " + path, ""
}
