package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gosyncio/runner/course"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/terminal"
)

// TestScript runs the command line as people do: testdata/script holds what
// they type and what they see. Besides testscript's own commands a script
// has those below, in $PAGES the address of a web server of its own, and in
// $LESSONS, $LESSONS_TEXT and $LESSONS_LINES the lessons in teaching order:
// with commas between them, as a sentence lists them, and a line each.
func TestScript(t *testing.T) {
	t.Parallel()
	command := func(f func(*script, *testscript.TestScript, bool, []string)) func(*testscript.TestScript, bool, []string) {
		return func(ts *testscript.TestScript, neg bool, args []string) {
			f(ts.Value(scriptKey{}).(*script), ts, neg, args)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setUpScript,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":  command((*script).exits),
			"main":   command((*script).main),
			"usage":  command((*script).usage),
			"signal": command((*script).signal),
			"ended":  command((*script).ended),
			"asked":  command((*script).asked),
			"left":   command((*script).left),
			"child":  command((*script).child),
			"json":   command((*script).json),

			"harness": command((*script).harness),
			"process": command((*script).process),
		},
		Condition: func(condition string) (bool, error) {
			if condition != "python" {
				return false, fmt.Errorf("unknown condition %q", condition)
			}
			_, err := foundPython()
			if err != nil && os.Getenv("CI") != "" {
				return false, err
			}
			return err == nil, nil
		},
	})
}

// scriptPatience is how long a script waits for what must come.
const scriptPatience = time.Minute

// quickExit, in the environment, keeps a program that was built with the
// race detector from sleeping for a second before it exits.
const quickExit = "GORACE=atexit_sleep_ms=0"

// script is what the commands of one script share.
type script struct {
	held, gone chan struct{} // a request for /hold has come; its client has gone
	signalled  []*exec.Cmd
}

type scriptKey struct{}

// setUpScript starts the script's web server: /page/N has N bytes,
// /status/N has that status, /red has a status in red, /hold never answers.
func setUpScript(env *testscript.Env) error {
	s := &script{held: make(chan struct{}, 100), gone: make(chan struct{}, 100)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, number, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		n, _ := strconv.Atoi(number)
		switch kind {
		case "page":
			fmt.Fprint(w, strings.Repeat("x", n))
		case "status":
			w.WriteHeader(n)
		case "hold":
			s.held <- struct{}{}
			<-r.Context().Done()
			s.gone <- struct{}{}
		case "red":
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				fmt.Fprint(conn, "HTTP/1.1 500 \x1b[31mred\x1b[2J\r\nContent-Length: 0\r\n\r\n")
				conn.Close()
			}
		default:
			http.NotFound(w, r)
		}
	}))
	env.Defer(server.Close)
	env.Values[scriptKey{}] = s
	env.Setenv("PAGES", server.URL)
	env.Setenv("LESSONS", strings.Join(course.IDs(), ","))
	env.Setenv("LESSONS_TEXT", strings.Join(course.IDs(), ", "))
	env.Setenv("LESSONS_LINES", strings.Join(course.IDs(), "\n"))
	env.Setenv(progress.Variable, filepath.Join(env.WorkDir, "state"))
	if python, err := foundPython(); err == nil {
		env.Setenv(player.PythonVariable, python.Executable) // a shim on the PATH may need more of the environment
	}
	if program, err := exec.LookPath("gosyncio"); err == nil {
		env.Setenv("BIN", filepath.Dir(program))
	}
	name, value, _ := strings.Cut(quickExit, "=")
	env.Setenv(name, value)
	return nil
}

// exits CODE PROGRAM ARG... runs a program that must exit with that code.
func (s *script) exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program arg...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// main CODE ARG... calls Main in this process, with no terminal and no
// environment to speak of, which must return that code. It spares a process's start.
func (s *script) main(ts *testscript.TestScript, neg bool, args []string) {
	s.call(ts, neg, args)
}

// usage ARG... is main 2 ARG..., which must print nothing on stdout.
func (s *script) usage(ts *testscript.TestScript, neg bool, args []string) {
	if printed := s.call(ts, neg, append([]string{"2"}, args...)); printed != "" {
		ts.Fatalf("stdout is not empty")
	}
}

func (s *script) call(ts *testscript.TestScript, neg bool, args []string) (stdout string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: main code arg...")
	}
	dir, err := os.MkdirTemp(ts.Getenv("TMPDIR"), "main")
	ts.Check(err)
	open := func(name string) *os.File {
		file, err := os.Create(filepath.Join(dir, name))
		ts.Check(err)
		return file
	}
	in, out, errors := open("stdin"), open("stdout"), open("stderr")
	code := run(context.Background(), args[1:], terminal.Streams{
		In: in, Out: out, Err: errors, Environ: []string{quickExit},
	})
	closed := func(file *os.File) string {
		ts.Check(file.Close())
		printed, err := os.ReadFile(file.Name())
		ts.Check(err)
		return string(printed)
	}
	closed(in)
	stdout = closed(out)
	io.WriteString(ts.Stdout(), stdout)
	io.WriteString(ts.Stderr(), closed(errors))
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
	return stdout
}

// signal INT|TERM|HUP|USR1|KILL sends a signal to what runs in the background;
// USR1 is that of Linux.
func (s *script) signal(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]os.Signal{
		"INT": os.Interrupt, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "USR1": syscall.Signal(10), "KILL": os.Kill,
	}
	if neg || len(args) != 1 || signals[args[0]] == nil {
		ts.Fatalf("usage: signal INT|TERM|HUP|USR1|KILL")
	}
	s.signalled = ts.BackgroundCmds()
	for _, cmd := range s.signalled {
		ts.Check(cmd.Process.Signal(signals[args[0]]))
	}
}

// ended CODE wants, after a wait, that what got a signal exited with that
// code; -1 is the death by a signal.
func (s *script) ended(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 || len(s.signalled) == 0 {
		ts.Fatalf("usage: ended code, after signal and wait")
	}
	for _, cmd := range s.signalled {
		if code := cmd.ProcessState.ExitCode(); strconv.Itoa(code) != args[0] {
			ts.Fatalf("exit code %d, want %s", code, args[0])
		}
	}
}

// asked N waits until N requests for $PAGES/hold have come; ! asked wants
// that none has come.
func (s *script) asked(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		if len(s.held) > 0 {
			ts.Fatalf("%d requests have come", len(s.held))
		}
		return
	}
	awaitEvents(ts, s.held, args)
}

// left N waits until the clients of N requests for $PAGES/hold are gone.
func (s *script) left(ts *testscript.TestScript, neg bool, args []string) {
	awaitEvents(ts, s.gone, args)
}

func awaitEvents(ts *testscript.TestScript, events <-chan struct{}, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: asked n, left n")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	timeout := time.After(scriptPatience)
	for i := range n {
		select {
		case <-events:
		case <-timeout:
			ts.Fatalf("%d of %d after %v", i, n, scriptPatience)
		}
	}
}
