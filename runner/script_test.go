package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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
		env.Setenv(player.PythonVariable, python.Path) // a shim on the PATH may need more of the environment
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
	code := Main(context.Background(), args[1:], terminal.Streams{
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

// signal INT|TERM|HUP|KILL sends a signal to what runs in the background.
func (s *script) signal(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]os.Signal{
		"INT": os.Interrupt, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "KILL": os.Kill,
	}
	if neg || len(args) != 1 || signals[args[0]] == nil {
		ts.Fatalf("usage: signal INT|TERM|HUP|KILL")
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

// child TEXT waits for a child process of the program that has TEXT among
// its arguments; ! child TEXT wants that there is none (any more). It is
// for Linux only.
func (s *script) child(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] child text")
	}
	for deadline := time.Now().Add(scriptPatience); hasChild(args[0]) == neg; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("child %s: still %v after %v", args[0], neg, scriptPatience)
		}
	}
}

func hasChild(text string) bool {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	return slices.ContainsFunc(files, func(file string) bool {
		line, _ := os.ReadFile(file)
		args := strings.Split(string(line), "\x00")
		return slices.Contains(args, player.ChildCommand) && slices.Contains(args, text)
	})
}

// harness TEXT waits for a run in Python that has TEXT in its environment;
// ! harness TEXT wants that there is none (any more). It is for Linux only.
func (s *script) harness(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] harness text")
	}
	for deadline := time.Now().Add(scriptPatience); hasHarness(args[0]) == neg; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("harness %s: still %v after %v", args[0], neg, scriptPatience)
		}
	}
}

func hasHarness(text string) bool {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	return slices.ContainsFunc(files, func(file string) bool {
		line, _ := os.ReadFile(file)
		environ, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "environ"))
		return strings.Contains(string(line), "harness.py") && strings.Contains(string(environ), text)
	})
}

// json FILE PATH is|has|sorted TEXT, json FILE PATH keys NAME,NAME... and
// json FILE PATH atleast NUMBER|PATH look into a file with one JSON value.
// A PATH is keys, indexes and * for all, with dots between, or a dot for the
// whole. is wants the
// values that it finds to be TEXT, set apart by commas, sorted the same when
// they are sorted; has wants TEXT among them. keys wants an object to
// have exactly these. atleast compares number by number.
func (s *script) json(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: json file path is|has|sorted|keys|atleast value")
	}
	var value any
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &value); err != nil {
		ts.Fatalf("%s: %v", args[0], err)
	}
	path, op, want := args[1], args[2], args[3]
	found := lookUp(value, path)
	texts := make([]string, len(found))
	for i, v := range found {
		texts[i] = fmt.Sprint(v)
		if f, ok := v.(float64); ok {
			texts[i] = strconv.FormatFloat(f, 'f', -1, 64)
		}
	}
	ok := false
	switch op {
	case "is":
		ok = strings.Join(texts, ",") == want
	case "sorted":
		slices.Sort(texts)
		ok = strings.Join(texts, ",") == want
	case "has":
		ok = slices.Contains(texts, want)
	case "keys":
		names := strings.Split(want, ",")
		slices.Sort(names)
		ok = len(found) > 0
		for i, v := range found {
			var keys []string
			object, _ := v.(map[string]any)
			for key := range object {
				keys = append(keys, key)
			}
			slices.Sort(keys)
			ok = ok && slices.Equal(keys, names)
			texts[i] = fmt.Sprint(keys)
		}
	case "atleast":
		limits := lookUp(value, want)
		if n, err := strconv.ParseFloat(want, 64); err == nil {
			limits = slices.Repeat([]any{n}, len(found))
		}
		ok = len(found) > 0 && len(found) == len(limits)
		for i := 0; ok && i < len(found); i++ {
			f, isNumber := found[i].(float64)
			limit, isLimit := limits[i].(float64)
			ok = isNumber && isLimit && f >= limit
		}
		want = fmt.Sprint(limits)
	default:
		ts.Fatalf("json: unknown operation %q", op)
	}
	if !ok {
		ts.Fatalf("%s: %s, want %s %s", path, strings.Join(texts, ","), op, want)
	}
}

// lookUp is what there is at a path in a JSON value; nothing if there is no
// such place.
func lookUp(value any, path string) []any {
	found := []any{value}
	if path == "." {
		return found
	}
	for step := range strings.SplitSeq(path, ".") {
		var next []any
		for _, v := range found {
			switch v := v.(type) {
			case map[string]any:
				if inner, ok := v[step]; ok {
					next = append(next, inner)
				}
			case []any:
				if step == "*" {
					next = append(next, v...)
				} else if i, err := strconv.Atoi(step); err == nil && i < len(v) {
					next = append(next, v[i])
				}
			}
		}
		found = next
	}
	return found
}
