package player

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gosyncio/runner/environ"
	"gosyncio/runner/termtest"
)

// ownModules are modules of Python's own that asyncio needs, by whose names
// learners like to call their files.
func ownModules() []string {
	return []string{"asyncio", "socket", "logging", "ssl", "heapq", "subprocess"}
}

// surroundings are where a Python is found and run.
type surroundings struct {
	t       *testing.T
	python  string // a real one
	environ environ.Environ
}

// set adds to the environment.
func (s *surroundings) set(name, value string) {
	s.environ = append(s.environ, name+"="+value)
}

// folder has files, by their names.
func (s *surroundings) folder(files map[string]string) string {
	s.t.Helper()
	folder := s.t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	return folder
}

// customize has every Python run code as it starts.
func (s *surroundings) customize(code string) {
	s.t.Helper()
	s.set("PYTHONPATH", s.folder(map[string]string{"sitecustomize.py": code}))
}

// wrap puts a script in the place of Python, in which "$PY" "$@" is the real
// one. It returns the script's folder.
func (s *surroundings) wrap(script string) string {
	s.t.Helper()
	path := scriptNamed(s.t, "python3", "PY='"+s.python+"'\n"+script)
	s.set(PythonVariable, path)
	return filepath.Dir(path)
}

// scriptNamed writes an executable shell script.
func scriptNamed(t *testing.T, name, body string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	path := filepath.Join(t.TempDir(), name)
	termtest.Executable(t, path, "#!/bin/sh\n"+body+"\n")
	return path
}

// relative is a path as seen from the folder in which the test runs.
func relative(t *testing.T, path string) string {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	short, err := filepath.Rel(here, path)
	if err != nil {
		t.Fatal(err)
	}
	return short
}

// tellTale is a lesson that shows what surroundings may have changed, and
// what it prints where they have not.
const tellTale = `
import asyncio, sys
async def forgotten(): pass
async def worker(name):
    print(name, "works")
    await asyncio.sleep(0)
async def sequential(*, a, b):
    forgotten()
    await worker("Ä")
    loop = asyncio.get_running_loop()
    print(type(loop).__module__.split(".")[0], loop.get_debug(), sys.flags.optimize, sys.flags.inspect)
`

func tellTalePrints() []string {
	return []string{"tasks.py:8: RuntimeWarning: coroutine 'forgotten' was never awaited", "Ä works", "asyncio False 0 0"}
}

// A lesson in Python looks the same, whatever surrounds it.
func TestSurroundingsThatDoNotMatter(t *testing.T) {
	t.Parallel()
	python := python(t)
	for name, arrange := range map[string]func(*surroundings){
		"none": func(s *surroundings) {},
		"variables of Python": func(s *surroundings) {
			for name, value := range map[string]string{
				"WARNINGS": "ignore", "ASYNCIODEBUG": "1", "DEVMODE": "1", "VERBOSE": "1", "STARTUP": "/nosuch", "INSPECT": "1", "OPTIMIZE": "1",
				"UNBUFFERED": "1", "FAULTHANDLER": "1", "TRACEMALLOC": "1", "PROFILEIMPORTTIME": "1", "DUMPREFS": "1", "MALLOC": "debug",
				"MALLOCSTATS": "1", "HASHSEED": "much", "IOENCODING": "latin-1", "UTF8": "much", "SAFEPATH": "1", "BREAKPOINT": "nosuch",
				"COERCECLOCALE": "warn", "DEBUG": "1", "_GIL": "1", "_CPU_COUNT": "1",
			} {
				s.set("PYTHON"+name, value)
			}
		},
		"variables of the loader": func(s *surroundings) { s.set("LD_DEBUG", "all"); s.set("LD_SHOW_AUXV", "1") },
		"no locale":               func(s *surroundings) { s.set("LC_ALL", "C"); s.set("LANG", "") },
		"a site that prints": func(s *surroundings) {
			s.customize("import sys\nprint('hello')\nprint('hello', file=sys.stderr)\nprint('no end', end='')\nsys.stdout.flush()\nprint('nor here', end='')\n")
		},
		"a site that fails": func(s *surroundings) { s.customize("1 / 0\n") },
		"a site with streams of its own": func(s *surroundings) {
			s.customize("import sys\nclass Loud:\n def write(self, text): sys.__stdout__.write(text.upper())\nsys.stdout = sys.stderr = Loud()\n")
		},
		"a site with a loop of its own": func(s *surroundings) {
			s.customize("import asyncio\nclass Policy(asyncio.DefaultEventLoopPolicy):\n def new_event_loop(self): raise OSError('mine')\nasyncio.set_event_loop_policy(Policy())\n")
		},
		"a site that hides warnings": func(s *surroundings) {
			s.customize("import logging, warnings\nwarnings.simplefilter('ignore')\nlogging.captureWarnings(True)\nlogging.basicConfig(level=0)\n")
		},
		"a wrapper that prints": func(s *surroundings) {
			s.wrap(`echo banner; echo '{not JSON'; echo banner >&2; printf banner; exec "$PY" "$@"`)
		},
		"a wrapper that prints much": func(s *surroundings) {
			s.wrap(`i=0; while [ $i -lt 3000 ]; do echo "line $i of a long banner that is in the way" >&2; echo "line $i of a long banner that is in the way"; i=$((i+1)); done; exec "$PY" "$@"`)
		},
		"a wrapper that tells what it starts": func(s *surroundings) {
			s.wrap(`set -x; echo "starting $*"; printf '%s\n' "$@"; exec "$PY" "$@"`)
		},
		"a wrapper that waits for Python": func(s *surroundings) { s.wrap(`"$PY" "$@"; code=$?; exit $code`) },
		"a wrapper with options":          func(s *surroundings) { s.wrap(`exec "$PY" -X dev -W ignore -u -P "$@"`) },
		"a wrapper with other options": func(s *surroundings) {
			s.wrap(`PYTHONASYNCIODEBUG=1 PYTHONWARNINGS=error PYTHONPATH=: exec "$PY" "$@"`)
		},
		"a relative path": func(s *surroundings) {
			s.set(PythonVariable, relative(s.t, filepath.Join(s.wrap(`exec "$PY" "$@"`), "python3")))
		},
		"a relative folder in PATH": func(s *surroundings) {
			folder := s.wrap(`exec "$PY" "$@"`)
			s.set(PythonVariable, "")
			s.set("PATH", relative(s.t, folder)+":/bin")
		},
		"a relative folder in PATH, and a script that env starts": func(s *surroundings) {
			s.set(PythonVariable, scriptNamed(s.t, "wrapper", `exec /usr/bin/env python3 "$@"`))
			s.set("PATH", relative(s.t, filepath.Dir(scriptNamed(s.t, "python3", `exec "`+s.python+`" "$@"`)))+":/bin")
		},
		"a relative folder for temporary files": func(s *surroundings) { s.set("TMPDIR", relative(s.t, s.t.TempDir())) },
		"modules with the lesson's names": func(s *surroundings) {
			s.set("PYTHONPATH", s.folder(map[string]string{"tasks.py": "1/0", "harness.py": "1/0", "recorder.py": "1/0", "probe.py": "1/0"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &surroundings{t, python.Executable, append(os.Environ(), PythonVariable+"="+python.Executable, "PYTHONPATH=")}
			arrange(s)
			c := startWith(t, New(s.environ), tellTale, 0, Python)
			c.Wait()
			run := c.Runs[0]
			if s := run.Status(); s.Err != "" || s.Version != python.Version || !slices.Equal(texts(s), tellTalePrints()) {
				t.Errorf("error %q, Python %q, output %q", s.Err, s.Version, texts(s))
			}
			if lanes := laneNames(run); !slices.Equal(lanes, []string{"Ä"}) {
				t.Errorf("lanes %q", lanes)
			}
		})
	}
}

// What a wrapper sets up is there when a lesson runs.
func TestAWrapperIsNotLost(t *testing.T) {
	t.Parallel()
	s := &surroundings{t, python(t).Executable, os.Environ()}
	modules := s.folder(map[string]string{"only_here.py": "word = 'found'\n"})
	s.wrap(`PYTHONPATH='` + modules + `' exec "$PY" "$@"`)
	c := startWith(t, New(s.environ), "import only_here\nasync def sequential(*, a, b): print(only_here.word)\n", 0, Python)
	c.Wait()
	if s := c.Runs[0].Status(); s.Err != "" || !slices.Equal(texts(s), []string{"found"}) {
		t.Errorf("error %q, output %q", s.Err, texts(s))
	}
}

// Python is asked, and runs, in folders of the program's own: files of the
// learner's, in the folder where the program was started, are out of reach.
func TestPythonRunsInFoldersOfItsOwn(t *testing.T) {
	t.Parallel()
	s := &surroundings{t, python(t).Executable, os.Environ()}
	log := filepath.Join(t.TempDir(), "log")
	s.wrap(`pwd -P >>'` + log + `'; ls | tr '\n' ' ' >>'` + log + `'; echo >>'` + log + `'; exec "$PY" "$@"`)
	c := startWith(t, New(s.environ), tellTale, 0, Python)
	c.Wait()
	said, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(said), "\n")
	if len(lines) != 5 || lines[1] != "" || lines[3] != "harness.py probe.py recorder.py tasks.py " {
		t.Errorf("asked and run in %q", lines)
	}
	for _, folder := range []string{lines[0], lines[2]} {
		if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is left: %v", folder, err)
		}
	}
}
