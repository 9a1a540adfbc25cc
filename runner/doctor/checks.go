package runner

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/charmbracelet/x/term"
	"github.com/fatih/color"
	"github.com/spf13/cobra"

	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/stage"
)

// A finding is what doctor says of one thing. As JSON it is a public
// interface: fields are added, never renamed, and so are names.
type finding struct {
	Name  string `json:"name"`  // go, python, aiohttp, terminal, colours, utf-8, loopback, run or progress
	OK    bool   `json:"ok"`    // whether there is nothing to improve
	Found string `json:"found"` // in one line
	Next  string `json:"next"`  // what to do, in one line; "" if OK
	// needed says that nothing can be run without it.
	needed bool
}

// doctorPatience is how long a check may take.
const doctorPatience = 30 * time.Second

func (a *app) doctorCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "tell whether this machine is ready for the lessons",
		Long: `Look at what the lessons need and what makes them better, and say what to do
about what is missing. The exit code is 1 if no lesson would run.`,
		Args: noArguments,

		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			findings := a.examine(cmd.Context())
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			ready := true
			for _, f := range findings {
				ready = ready && (f.OK || !f.needed)
			}
			show := a.printFindings
			if asJSON {
				show = a.printFindingsJSON
			}
			if err := show(ready, findings); err != nil {
				return err
			}
			if !ready {
				return errRunFailed
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// examine makes all checks at the same time. The findings are in a fixed
// order.
func (a *app) examine(ctx context.Context) []finding {
	ctx, cancel := context.WithTimeout(ctx, doctorPatience)
	defer cancel()
	checks := []struct {
		name   string
		needed bool
		look   func(context.Context) (found, next string)
	}{
		{"go", false, a.checkGo},
		{"python", false, a.checkPython},
		{"aiohttp", false, a.checkAiohttp},
		{"terminal", false, func(context.Context) (string, string) {
			columns, rows := a.streams.Size()
			return checkTerminal(term.IsTerminal(a.streams.Out.Fd()), a.streams.Live(), a.streams.Interactive(), columns, rows)
		}},
		{"colours", false, a.checkColours},
		{"utf-8", false, a.checkUTF8},
		{"loopback", true, checkLoopback},
		{"run", true, a.checkRun},
		{"progress", false, a.checkProgress},
	}
	findings := make([]finding, len(checks))
	var looking sync.WaitGroup
	for i, check := range checks {
		looking.Go(func() {
			found, next := check.look(ctx)
			findings[i] = finding{check.name, next == "", oneLine(found), oneLine(next), check.needed}
		})
	}
	looking.Wait()
	return findings
}

// oneLine is what a terminal can safely show of text: others had a say in it.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.TrimSpace(text))
}

func (a *app) printFindings(ready bool, findings []finding) error {
	var text bytes.Buffer
	mark := func(word string, attributes ...color.Attribute) string {
		c := color.New(attributes...)
		if a.colours() {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c.Sprintf("%-2s", word)
	}
	for _, f := range findings {
		word := mark("ok", color.FgGreen)
		switch {
		case !f.OK && f.needed:
			word = mark("NO", color.FgRed, color.Bold)
		case !f.OK:
			word = mark("!", color.FgYellow)
		}
		fmt.Fprintf(&text, "%s  %-9s %s\n", word, f.Name, f.Found)
		if f.Next != "" {
			fmt.Fprintf(&text, "%13s %s\n", "", f.Next)
		}
	}
	if ready {
		fmt.Fprintln(&text, "\nready: the lessons run on this machine")
	} else {
		fmt.Fprintln(&text, "\nnot ready: the lessons do not run on this machine")
	}
	_, err := a.streams.Out.Write(text.Bytes())
	return err
}

// printFindingsJSON prints a public interface, see finding.
func (a *app) printFindingsJSON(ready bool, findings []finding) error {
	return json.NewEncoder(a.streams.Out).Encode(struct {
		Ready  bool      `json:"ready"` // whether lessons can be run
		Checks []finding `json:"checks"`
	}{ready, findings})
}

// ask runs a program and returns what it prints.
func (a *app) ask(ctx context.Context, environ []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(append([]string{}, a.streams.Environ...), environ...)
	cmd.WaitDelay = time.Second
	said, err := cmd.Output()
	return strings.TrimSpace(string(said)), err
}

func (a *app) checkGo(ctx context.Context) (found, next string) {
	const forWhat = "only Go code of your own needs it"
	path, err := exec.LookPath("go")
	if err != nil {
		return "not found, which is fine: " + forWhat, ""
	}
	said, err := a.ask(ctx, []string{"GOTOOLCHAIN=local"}, path, "version") // local: or it might download another
	version := regexp.MustCompile(`go[1-9]\S*`).FindString(said)
	if err != nil || version == "" {
		return path + " does not tell its version", "reinstall Go; " + forWhat
	}
	return fmt.Sprintf("%s at %s", strings.TrimPrefix(version, "go"), path), ""
}

func (a *app) checkPython(context.Context) (found, next string) {
	python, err := a.python()
	if missing, ok := errors.AsType[*player.PythonError](err); ok {
		return missing.What + ": Python code is shown, but not run", missing.Next
	}
	found = fmt.Sprintf("%s at %s", python.Version, python.Found)
	folder, err := os.MkdirTemp("", "gosyncio-") // a run in Python needs one
	if err != nil {
		return found + ", but there is no place for temporary files: " + err.Error(), "set TMPDIR to a folder that can be written to"
	}
	os.Remove(folder)
	return found, ""
}

func (a *app) checkAiohttp(ctx context.Context) (found, next string) {
	python, err := a.python()
	if err != nil {
		return "there is no Python to ask", "see python"
	}
	const probe = "import aiohttp; print(aiohttp.__version__)"
	version, err := a.ask(ctx, nil, python.Path, "-P", "-c", probe) // -P: not from the current folder
	if err != nil {
		return "not installed: asyncio streams stand in for it", "install it: " + python.Path + " -m pip install aiohttp"
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
		return "TERM=dumb: runs are shown as text, and there is no menu", "use another terminal, or set TERM to what yours is"
	case !interactive:
		return size + ", but the input is no terminal: there is no menu", "start gosyncio without a pipe"
	case columns < stage.MinWidth || rows < stage.MinHeight:
		return size + ": too small for timelines", good
	case columns < 80 || rows < 24:
		return size + ": enough for timelines, but small", good
	}
	return size, ""
}

func (a *app) checkColours(context.Context) (found, next string) {
	const enough = ", which is fine: everything reads without"
	switch {
	case a.colours():
		return "on", ""
	case a.noColor:
		return "off for --no-color" + enough, ""
	case a.streams.Getenv("NO_COLOR") != "":
		return "off for NO_COLOR" + enough, ""
	case a.streams.Getenv("TERM") == "dumb":
		return "off for TERM=dumb" + enough, ""
	}
	return "off, as the output is no terminal" + enough, ""
}

func (a *app) checkUTF8(context.Context) (found, next string) {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := a.streams.Getenv(name)
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

// checkLoopback says a word to itself.
func checkLoopback(ctx context.Context) (found, next string) {
	const word = "hello"
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err == nil {
		defer listener.Close()
		var heard string
		if heard, err = hear(ctx, listener, word); err == nil && heard != word {
			err = fmt.Errorf("said %q, heard %q", word, heard)
		}
	}
	if err != nil {
		return "127.0.0.1 does not work: " + err.Error(), "allow it: a firewall or a sandbox may forbid programs to talk to themselves"
	}
	return "127.0.0.1 listens and answers", ""
}

// hear is what comes out of listener when word is said to it.
func hear(ctx context.Context, listener net.Listener, word string) (string, error) {
	speaker, err := (&net.Dialer{}).DialContext(ctx, "tcp", listener.Addr().String())
	if err != nil {
		return "", err
	}
	defer speaker.Close()
	defer context.AfterFunc(ctx, func() { listener.Close() })()
	conn, err := listener.Accept()
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := speaker.Write([]byte(word)); err != nil {
		return "", err
	}
	conn.SetReadDeadline(time.Now().Add(doctorPatience))
	heard := make([]byte, len(word))
	_, err = io.ReadFull(conn, heard)
	return string(heard), err
}

// checkRun runs a short lesson, each variant in a child process as ever.
func (a *app) checkRun(ctx context.Context) (found, next string) {
	const byHand = "see what gosyncio run tasks --plain says; is the program allowed to start itself?"
	r, err := newRequest("tasks", nil, []string{"a=10ms", "b=10ms"}, withGo)
	if err != nil {
		return err.Error(), byHand
	}
	c, err := a.play(ctx, r)
	if err != nil {
		return err.Error(), byHand
	}
	c.Wait()
	var times []string
	for _, run := range c.Runs {
		status := run.Status()
		if status.Err != "" {
			return fmt.Sprintf("%s failed: %s", run.Job.Variant.Name, status.Err), byHand
		}
		times = append(times, fmt.Sprintf("%s took %v", run.Job.Variant.Name, status.Elapsed.Round(time.Millisecond)))
	}
	return "two workers of 10ms each: " + strings.Join(times, ", "), ""
}

func (a *app) checkProgress(context.Context) (found, next string) {
	path, err := progress.Path(a.streams.Environ)
	if err == nil {
		err = progress.Open(path).Check()
	}
	if e, ok := errors.AsType[*progress.Error](err); ok {
		return e.What, e.Next
	}
	return "kept in " + path, ""
}
