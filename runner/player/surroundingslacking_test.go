package player

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gosyncio/runner/fault"
	"gosyncio/runner/termtest"
)

// What cannot work is said in one line, with what to do, before a lesson runs.
func TestSurroundingsInWhichPythonCannotStart(t *testing.T) {
	t.Parallel()
	python := python(t)
	type surroundingsTest struct {
		arrange    func(*surroundings)
		what, next string // parts
	}
	tests := map[string]surroundingsTest{
		"few files": {func(s *surroundings) { s.wrap(`ulimit -n 5; exec "$PY" "$@"`) },
			"does not work: OSError: [Errno 24] Too many open files", "ulimit -n"},
		"no threads": {func(s *surroundings) {
			s.customize("import socket\ndef none(*_): raise BlockingIOError(11, 'Resource temporarily unavailable')\nsocket.socketpair = none\n")
		}, "does not work: BlockingIOError: [Errno 11] Resource temporarily unavailable", "ulimit -u"},
		"no library": {func(s *surroundings) { s.set("PYTHONHOME", "/nosuch") },
			"does not work: ModuleNotFoundError: No module named 'encodings'", "3.11 or newer"},
		"a wrapper that fails": {func(s *surroundings) {
			s.wrap("echo banner\nfor i in 1 2 3; do echo \"$i\" >&2; done; echo 'no licence' >&2; exit 1")
		},
			"python3 does not work: no licence", "3.11 or newer"},
		"not a program": {func(s *surroundings) { path := s.wrap(""); s.set(PythonVariable, notAProgram(s.t, path)) },
			"exec format error", "3.11 or newer"},
		"a site that exits": {func(s *surroundings) { s.customize("import os\nos.write(2, b'gone\\n')\nos._exit(3)\n") },
			"does not work: gone", "3.11 or newer"},
	}
	for _, module := range ownModules() {
		for name, code := range map[string]string{"a file": "print('hello')\n", "a broken file": "print('hello'\n", "a file that fails": "1 / 0\n"} {
			tests[name+" that hides "+module] = surroundingsTest{func(s *surroundings) {
				s.set("PYTHONPATH", s.folder(map[string]string{module + ".py": code}))
			}, module + ".py, found through PYTHONPATH, hides Python's own " + module, "rename it, or take its folder out of PYTHONPATH"}
		}
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &surroundings{t, python.Executable, append(os.Environ(), PythonVariable+"="+python.Executable, "PYTHONPATH=")}
			test.arrange(s)
			_, err := FindPython(t.Context(), s.environ)
			wrong, ok := errors.AsType[*fault.Error](err)
			if !ok || !strings.Contains(wrong.What, test.what) || !strings.Contains(wrong.Next, test.next) || strings.Contains(wrong.What, "\n") {
				t.Errorf("error %v, %#v; want %q, %q", err, wrong, test.what, test.next)
			}
		})
	}
}

// notAProgram is an executable file that nobody can execute.
func notAProgram(t *testing.T, folder string) string {
	t.Helper()
	path := filepath.Join(folder, "image")
	termtest.Executable(t, path, "\x7fELF")
	return path
}

// What is missing for one lesson is said when that runs, and beforehand.
func TestSurroundingsThatLackSomething(t *testing.T) {
	t.Parallel()
	python := python(t)
	const pool = "from concurrent.futures import ProcessPoolExecutor\nasync def sequential(*, a, b):\n    with ProcessPoolExecutor(1) as pool: print(pool.submit(sum, [1]).result())\n"
	for name, test := range map[string]struct {
		customize, source string
		err, lacks, next  string // parts
	}{
		"no sqlite": {"import sys\nsys.modules['_sqlite3'] = None\n", "import sqlite3\n",
			"tasks.py:1: this Python was built without _sqlite3 (ModuleNotFoundError: ", "sqlite3 cannot be used: this Python was built without _sqlite3", "install another Python"},
		"no semaphores": {"import sys, _multiprocessing\ndel _multiprocessing.SemLock\n", pool,
			"this Python was built without semaphores", "multiprocessing cannot be used: ", "install another Python"},
		"no shared memory": {"import _multiprocessing\nclass SemLock(_multiprocessing.SemLock):\n def __new__(*_): raise OSError(38, 'Function not implemented')\n_multiprocessing.SemLock = SemLock\n", pool,
			"tasks.py:3: there is no place for what processes share (OSError: [Errno 38] Function not implemented)", "multiprocessing cannot be used: there is no place for what processes share", "/dev/shm"},
		"no processes": {"import os\ndef fork(): raise BlockingIOError(11, 'Resource temporarily unavailable')\nos.fork = fork\n",
			"import os\nasync def sequential(*, a, b): os.fork()\n", "tasks.py:2: BlockingIOError: [Errno 11] Resource temporarily unavailable", "", "ulimit -u"},
		"no threads": {"", "import _thread, threading\nasync def sequential(*, a, b): raise RuntimeError(\"can't start new thread\")\n",
			"tasks.py:2: RuntimeError: can't start new thread", "", "ulimit -u"},
		"no threads for the harness": {"import threading\ndef start(_): raise RuntimeError(\"can't start new thread\")\nthreading.Thread.start = start\n",
			tellTale, "RuntimeError: can't start new thread", "", "ulimit -u"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &surroundings{t, python.Executable, append(os.Environ(), PythonVariable+"="+python.Executable)}
			s.customize(test.customize)
			p := New(s.environ)
			c := startWith(t, p, test.source, 0, Python)
			c.Wait()
			status := c.Runs[0].Status()
			if !strings.Contains(status.Err, test.err) || !strings.Contains(status.Err, "; ") || !strings.Contains(status.Err, test.next) || strings.Contains(status.Err, "\n") {
				t.Errorf("error %q; want %q, %q", status.Err, test.err, test.next)
			}
			if len(status.Output) > maxEarly {
				t.Errorf("%d lines of output", len(status.Output))
			}
			python, err := p.Python(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			lacking := p.PythonLacks(t.Context(), python)
			if (test.lacks != "") != (len(lacking) == 1) {
				t.Fatalf("lacks %v, want %q", lacking, test.lacks)
			}
			if len(lacking) == 1 && (!strings.HasPrefix(lacking[0].What, test.lacks) || !strings.Contains(lacking[0].Next, test.next)) {
				t.Errorf("lacks %q, %q; want %q, %q", lacking[0].What, lacking[0].Next, test.lacks, test.next)
			}
		})
	}
}

// A child that ends before it is ready without a complaint has failed, too.
func TestAPythonThatEndsBeforeItIsReady(t *testing.T) {
	t.Parallel()
	s := &surroundings{t, python(t).Executable, os.Environ()}
	s.wrap(`case "$*" in *harness.py*) echo "on its way" >&2; exit 0 ;; esac; exec "$PY" "$@"`)
	c := startWith(t, New(s.environ), tellTale, 0, Python)
	c.Wait()
	if s := c.Runs[0].Status(); s.Err != "ended before it was ready: on its way" || !slices.Equal(texts(s), []string{"on its way"}) {
		t.Errorf("error %q, output %q", s.Err, texts(s))
	}
}

// replaced, in the environment, has TestTheProgramThatWasStartedRuns be the
// program whose file is replaced.
const replaced = "GOSYNCIO_TEST_REPLACED"

// What is run again is the program that was started, even if its file has
// been replaced since.
func TestTheProgramThatWasStartedRuns(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux can start a program whose file is gone")
	}
	if os.Getenv(replaced) == "" {
		t.Parallel()
		own, err := os.ReadFile("/proc/self/exe")
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "program")
		termtest.Executable(t, path, string(own))
		cmd := exec.Command(path, "-test.run=^TestTheProgramThatWasStartedRuns$")
		cmd.Env = append(os.Environ(), replaced+"=1")
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, said)
		}
		return
	}
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, replace := range []func() error{
		func() error { return os.Remove(path) },
		func() error { return os.WriteFile(path, []byte("#!/bin/sh\nexit 1\n"), 0o700) },
	} {
		if err := replace(); err != nil {
			t.Fatal(err)
		}
		c := play(t, context.Background(), "tasks", []string{"sequential"}, "a=1ms", "b=1ms")
		if s := c.Runs[0].Status(); s.Err != "" || len(s.Output) != 4 {
			t.Errorf("error %q, output %q", s.Err, texts(s))
		}
	}
}
