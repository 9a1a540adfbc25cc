package player

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gosyncio/runner/timeline"
)

// PythonVariable names the environment variable with the interpreter to
// use: a path, or a name on the PATH.
const PythonVariable = "GOSYNCIO_PYTHON"

// oldestPython is the oldest 3.x that has all that the harness needs:
// asyncio.Runner and co_qualname came with 3.11.
const oldestPython = 11

// probeTimeout is how long an interpreter may take to tell its version.
var probeTimeout = 20 * time.Second

// An Interpreter is a Python that can run the lessons.
type Interpreter struct {
	Found   string // the path at which it was found
	Path    string // its own path, which may be another
	Version string // such as "3.11.7"
}

// A PythonError says why there is no Python to run the lessons.
type PythonError struct {
	What string // in one line
	Next string // what to do
}

func (e *PythonError) Error() string { return e.What }

// probe makes any Python, however old, print its version and its path.
const probe = `import sys
print("%d.%d.%d" % sys.version_info[:3])
print(sys.executable)
sys.stdout.flush()
import asyncio`

// FindPython finds the interpreter that PythonVariable in environ names,
// or else python3 on the PATH, and asks it for its version. The error is a
// *PythonError, also if ctx ends meanwhile.
func FindPython(ctx context.Context, environ []string) (Interpreter, error) {
	install := fmt.Sprintf("install Python 3.%d or newer, or name one in %s", oldestPython, PythonVariable)
	name := "python3"
	for _, entry := range environ {
		if value, ok := strings.CutPrefix(entry, PythonVariable+"="); ok && value != "" {
			name = value
			install = fmt.Sprintf("name a Python 3.%d or newer in %s", oldestPython, PythonVariable)
		}
	}
	found, err := exec.LookPath(name)
	if err != nil {
		what := "there is no " + name
		if _, err := os.Stat(name); err == nil && filepath.Base(name) != name {
			what = name + " is no program"
		}
		return Interpreter{}, &PythonError{what, install}
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, found, "-c", probe)
	cmd.Env = environ
	cmd.WaitDelay = killAfter
	leadGroup(cmd)
	cmd.Cancel = func() error { endGroup(cmd.Process.Pid); return cmd.Process.Kill() }
	var said, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &complaint
	err = cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // it did as it should, and left somebody behind
	}
	version, path, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
	version, path = printable(strings.TrimSpace(version)), strings.TrimSpace(path)
	major, minor, isVersion := parseVersion(version)
	switch {
	case ctx.Err() != nil:
		return Interpreter{}, &PythonError{fmt.Sprintf("%s does not answer", found), install}
	case isVersion && (major < 3 || major == 3 && minor < oldestPython):
		return Interpreter{}, &PythonError{fmt.Sprintf("%s is Python %s, which is too old", found, version), install}
	case err != nil || !isVersion || path == "":
		return Interpreter{}, &PythonError{fmt.Sprintf("%s does not work%s", found, because(complaint.String())), install}
	}
	return Interpreter{Found: found, Path: path, Version: version}, nil
}

// because is the last line of what a program complained of, where Python
// says what went wrong, to stand behind a sentence.
func because(complaint string) string {
	lines := strings.Split(strings.TrimSpace(complaint), "\n")
	last := printable(strings.TrimSpace(lines[len(lines)-1]))
	if last == "" {
		return ""
	}
	return ": " + last
}

// parseVersion reads the first two parts of a version such as "3.11.7".
func parseVersion(version string) (major, minor int, ok bool) {
	parts := strings.Split(version, ".")
	if len(parts) != 3 {
		return 0, 0, false
	}
	major, err := strconv.Atoi(parts[0])
	if err != nil {
		return 0, 0, false
	}
	minor, err = strconv.Atoi(parts[1])
	return major, minor, err == nil
}

//go:embed harness.py
var harness []byte

// A request tells the harness what to run.
type request struct {
	Lesson    string         `json:"lesson"`
	Variant   string         `json:"variant"`
	Arguments map[string]any `json:"arguments"`
	Traced    bool           `json:"traced"`
}

// pythonCommand is the harness for the job, in a folder with the lesson's
// Python file that clear removes. The error is a *PythonError if there is
// no Python.
func (p player) pythonCommand(ctx context.Context, job Job) (cmd *exec.Cmd, line []byte, clear func(), err error) {
	python, err := p.setup.Python()
	if err != nil {
		return nil, nil, nil, err
	}
	line, err = json.Marshal(request{job.Lesson.ID, job.Variant.Name, job.Lesson.Arguments(job.Values), !job.Variant.Untraced})
	if err != nil {
		return nil, nil, nil, fmt.Errorf("tell Python what to run: %w", err)
	}
	folder, err := os.MkdirTemp("", "gosyncio-")
	if err != nil {
		return nil, nil, nil, fmt.Errorf("prepare a run in Python: %w", err)
	}
	clear = func() { os.RemoveAll(folder) }
	script := filepath.Join(folder, "harness.py")
	err = errors.Join(
		os.WriteFile(script, harness, 0o600),
		os.WriteFile(filepath.Join(folder, job.Lesson.ID+".py"), p.setup.Source, 0o600))
	if err != nil {
		clear()
		return nil, nil, nil, fmt.Errorf("prepare a run in Python: %w", err)
	}
	cmd = exec.CommandContext(ctx, python.Path, "-B", script) // -B: leave no __pycache__
	cmd.Env = p.environ
	return cmd, append(line, '\n'), clear, nil
}

// maxEvent is longer than any line of the harness.
const maxEvent = 1 << 20

// A message is a line of the harness: "prepared", "done", or what a task did.
type message struct {
	timeline.AsyncioEvent
	done
	Python string `json:"python"` // its version, when it is prepared
}

// readAsyncio follows the harness's stdout.
func (r *Run) readAsyncio(stdout io.Reader, isReady func()) error {
	builder := r.Timeline.Asyncio()
	lines := bufio.NewScanner(stdout)
	lines.Buffer(nil, maxEvent)
	for lines.Scan() {
		var msg message
		if err := json.Unmarshal(lines.Bytes(), &msg); err != nil {
			return fmt.Errorf("read what Python reports: %w", err)
		}
		switch msg.Event {
		case "prepared":
			r.update(func(s *Status) { s.Version = printable(msg.Python) })
			isReady()
		case "done":
			r.done(msg.done)
		default:
			msg.Name, msg.Reason, msg.Where = printable(msg.Name), printable(msg.Reason), printable(msg.Where)
			if err := builder.Add(msg.AsyncioEvent); err != nil {
				return err
			}
			r.changed()
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read what Python reports: %w", err)
	}
	return nil
}
