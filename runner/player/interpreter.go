package player

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
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
	// Path is the whole path at which it was found, and with which it is
	// started. There may be a wrapper that sets something up.
	Path string
	// Executable is what it takes for its own path; "" if it does not know.
	Executable string
	Version    string // such as "3.11.7"
}

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
	a := ask(ctx, env, timeouts, found, probe)
	version := a.line(0)
	major, minor, isVersion := parseVersion(version)
	switch {
	case errors.Is(a.err, context.DeadlineExceeded) || errors.Is(a.err, context.Canceled):
		return missing("%s does not answer", found)
	case isVersion && (major < 3 || major == 3 && minor < oldestPython):
		return missing("%s is Python %s, which is too old", found, version)
	case a.err != nil || !isVersion:
		install = cmp.Or(remedyFor(a.reason), install)
		if a.reason != "" {
			return missing("%s does not work: %s", found, a.reason)
		}
		return missing("%s does not work", found)
	}
	return Interpreter{Path: found, Executable: a.line(1), Version: version}, nil
}

// pythonModules are what lessons import besides asyncio, and what that needs
// that not every Python has.
func pythonModules() []string {
	return []string{"base64", "collections", "concurrent.futures", "contextlib", "contextvars", "errno", "hashlib", "http.server", "importlib.util", "json", "multiprocessing", "os",
		"pathlib", "re", "selectors", "signal", "socket", "socketserver", "sqlite3", "subprocess", "tempfile", "threading", "time", "types", "urllib.parse"}
}

// PythonLacks says, for each module that lessons need and the interpreter
// cannot give them, why, and what to do.
func (p *Player) PythonLacks(ctx context.Context, python Interpreter) (lacking []*fault.Error) {
	a := ask(ctx, p.environ, p.timeouts, python.Path, probe, pythonModules()...)
	for _, line := range a.lines {
		lacks, ok := strings.CutPrefix(line, "lacks ")
		module, why, _ := strings.Cut(lacks, ": ")
		if !ok {
			continue
		}
		next := cmp.Or(remedyFor(why), "find out why python -c 'import "+module+"' fails")
		lacking = append(lacking, &fault.Error{What: fmt.Sprintf("%s cannot be used: %s", module, why), Next: next})
	}
	return lacking
}

// AiohttpVersion is the version of the interpreter's aiohttp; "" if it has
// none that works.
func (p *Player) AiohttpVersion(ctx context.Context, python Interpreter) string {
	const code = `import sys; print("\n" + sys.argv[1]); import aiohttp; print(aiohttp.__version__)`
	a := ask(ctx, p.environ, p.timeouts, python.Path, code)
	if a.err != nil {
		return ""
	}
	return a.line(0)
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
