package player

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// PythonVariable names the environment variable with the interpreter to
// use: a path, or a name on the PATH.
const PythonVariable = "GOSYNCIO_PYTHON"

// oldestPython is the oldest 3.x that has all that the harness needs:
// asyncio.Runner and co_qualname came with 3.11.
const oldestPython = 11

// An Interpreter is a Python that can run the lessons.
type Interpreter struct {
	Found   string // the path at which it was found
	Path    string // its own path, which may be another
	Version string // such as "3.11.7"
}

// probe makes any Python, however old, print its version and its path.
const probe = `import sys
print("%d.%d.%d" % sys.version_info[:3])
print(sys.executable)
sys.stdout.flush()
import asyncio`

// foundPython is what came of looking for the interpreter.
type foundPython struct {
	interpreter Interpreter
	err         error
}

// Python is the interpreter that runs lessons in Python: the one that
// PythonVariable names, or else python3 on the PATH. The first call looks for
// it and asks it for its version, which takes as long as it takes to start,
// but at most 20 seconds; others wait for that, and get the same.
//
// The error is a *fault.Error. If ctx ends meanwhile it is that of ctx: then
// the search ends, and the next call begins another one.
func (p *Player) Python(ctx context.Context) (Interpreter, error) {
	select {
	case p.searching <- struct{}{}:
		defer func() { <-p.searching }()
	case <-ctx.Done():
		return Interpreter{}, ctx.Err()
	}
	if p.found == nil {
		interpreter, err := findPython(ctx, p.environ, p.timeouts)
		if ctx.Err() != nil {
			return Interpreter{}, ctx.Err()
		}
		p.found = &foundPython{interpreter, err}
	}
	return p.found.interpreter, p.found.err
}

// FindPython looks for the interpreter in another environment, see
// Player.Python.
func FindPython(ctx context.Context, env environ.Environ) (Interpreter, error) {
	return findPython(ctx, env, usualTimeouts())
}

func findPython(ctx context.Context, env environ.Environ, timeouts timeouts) (Interpreter, error) {
	name := "python3"
	install := fmt.Sprintf("install Python 3.%d or newer, or name one in %s", oldestPython, PythonVariable)
	if named := env.Get(PythonVariable); named != "" {
		name = named
		install = fmt.Sprintf("name a Python 3.%d or newer in %s", oldestPython, PythonVariable)
	}
	missing := func(format string, args ...any) (Interpreter, error) {
		return Interpreter{}, &fault.Error{What: terminal.Printable(fmt.Sprintf(format, args...)), Next: install}
	}
	found, err := env.LookPath(name)
	if err != nil {
		if _, err := os.Stat(name); err == nil && filepath.Base(name) != name {
			return missing("%s is not an executable", name)
		}
		return missing("there is no %s", name)
	}
	ctx, cancel := context.WithTimeout(ctx, timeouts.probe)
	defer cancel()
	cmd := exec.CommandContext(ctx, found, "-c", probe)
	cmd.Env = env
	cmd.WaitDelay = timeouts.kill
	leadGroup(cmd)
	cmd.Cancel = func() error { endGroup(cmd.Process.Pid); return cmd.Process.Kill() }
	var printed, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &complaint
	err = cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // it did as it should, and left somebody behind
	}
	version, path, _ := strings.Cut(strings.TrimSpace(printed.String()), "\n")
	version, path = printable(strings.TrimSpace(version)), strings.TrimSpace(path)
	major, minor, isVersion := parseVersion(version)
	switch {
	case ctx.Err() != nil:
		return missing("%s does not answer", found)
	case isVersion && (major < 3 || major == 3 && minor < oldestPython):
		return missing("%s is Python %s, which is too old", found, version)
	case err != nil || !isVersion || path == "":
		return missing("%s does not work%s", found, lastLine(complaint.String()))
	}
	return Interpreter{Found: found, Path: path, Version: version}, nil
}

// lastLine is the last line of what a program complained of, where Python
// says what went wrong, to stand behind a sentence; "" if there is none.
func lastLine(complaint string) string {
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
