package player

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

// pythons are the interpreters of this machine that can run lessons, one of
// each version. Without any the test is skipped, in CI it fails.
func pythons(t *testing.T) []Interpreter {
	t.Helper()
	all := everyPython()
	if len(all) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no Python on this machine")
		}
		t.Skip("there is no Python on this machine")
	}
	return all
}

var everyPython = sync.OnceValue(func() (all []Interpreter) {
	names := []string{"python3"}
	for minor := oldestPython; minor < oldestPython+10; minor++ {
		names = append(names, fmt.Sprintf("python3.%d", minor))
	}
	home, _ := os.UserHomeDir()
	for _, pattern := range []string{"/usr/bin/python3", "/usr/local/bin/python3", filepath.Join(home, ".pyenv/versions/*/bin/python3")} {
		found, _ := filepath.Glob(pattern)
		names = append(names, found...)
	}
	for _, name := range names {
		python, err := FindPython(context.Background(), append(os.Environ(), PythonVariable+"="+name))
		known := slices.ContainsFunc(all, func(p Interpreter) bool { return p.Version == python.Version })
		if err == nil && !known {
			all = append(all, python)
		}
	}
	return all
})

// python is one of pythons.
func python(t *testing.T) Interpreter {
	t.Helper()
	return pythons(t)[0]
}

// inPython plays source, in place of the lesson tasks, to its end: its
// sequential in Python beside Go's.
func inPython(t *testing.T, interpreter Interpreter, source string) (inPython, inGo *Run) {
	t.Helper()
	c := startInPython(t, interpreter, source, 0, Python, Go)
	c.Wait()
	if s := c.Runs[1].Status(); s.Err != "" || len(s.Output) != 4 {
		t.Errorf("in Go: error %q, output %q; it should go on", s.Err, texts(s))
	}
	return c.Runs[0], c.Runs[1]
}

// alone plays it without Go beside it, which a busy machine may keep from
// being over in a limit that is short.
func alone(t *testing.T, interpreter Interpreter, source string, limit time.Duration) *Run {
	t.Helper()
	c := startInPython(t, interpreter, source, limit, Python)
	c.Wait()
	return c.Runs[0]
}

// with is a Player with that interpreter.
func with(interpreter Interpreter) *Player {
	p := ours()
	p.found = &foundPython{interpreter: interpreter}
	return p
}

// inPythonWith is inPython where the environment says more.
func inPythonWith(t *testing.T, variable, source string) *Run {
	t.Helper()
	p := with(python(t))
	p.environ = append(p.environ, variable)
	c := startWith(t, p, source, 0, Python)
	c.Wait()
	return c.Runs[0]
}

func startInPython(t *testing.T, interpreter Interpreter, source string, limit time.Duration, languages ...Language) *Comparison {
	t.Helper()
	return startWith(t, with(interpreter), source, limit, languages...)
}

func startWith(t *testing.T, p *Player, source string, limit time.Duration, languages ...Language) *Comparison {
	t.Helper()
	lesson, values := find(t, "tasks", "a=20ms", "b=10ms")
	var parts []Part
	for _, language := range languages {
		parts = append(parts, Part{Variant: pick(t, lesson, []string{"sequential"})[0].Variant, Language: language})
	}
	c, err := p.Play(t.Context(), Setup{
		Lesson: lesson, Values: values,
		Parts:  parts,
		Source: []byte(source),
		Limit:  limit,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Cancel(); c.Wait() })
	return c
}

// What goes wrong in a script is said in one line, with its place, and Go
// goes on.
func TestAScriptThatGoesWrong(t *testing.T) {
	t.Parallel()
	const head = "import asyncio, os, signal, subprocess, sys, threading, time\n"
	const main = "async def sequential(*, a, b):\n"
	tests := []struct {
		name, source string
		limit        time.Duration
		err          string
		exit         int
	}{
		{"raises", main + "    print('one')\n    raise ValueError('no such\\nthing')\n", 0, "tasks.py:4: ValueError: no such", 1},
		{"raises in a task", "async def worker(name):\n    1 / 0\n" + main + "    await asyncio.gather(worker('A'))\n", 0, "tasks.py:3: ZeroDivisionError: division by zero", 1},
		{"raises in a TaskGroup", "async def worker(name):\n    1 / 0\n" + main + "    async with asyncio.TaskGroup() as group: group.create_task(worker('A'))\n", 0, "tasks.py:3: ZeroDivisionError: division by zero", 1},
		{"raises when imported", "1 / 0\n", 0, "tasks.py:2: ZeroDivisionError: division by zero", 1},
		{"does not parse", "async def sequential(:\n", 0, "SyntaxError: invalid syntax (tasks.py, line 2)", 1},
		{"imports what there is not", "import nosuchmodule\n", 0, "tasks.py:2: ModuleNotFoundError: No module named 'nosuchmodule'", 1},
		{"has no such function", "", 0, "AttributeError: module 'tasks' has no attribute 'sequential'", 1},
		{"exits", main + "    sys.exit(3)\n", 0, "tasks.py:3: SystemExit: 3", 1},
		{"exits at once", main + "    os._exit(7)\n", 0, "exit status 7", 7},
		{"is killed", main + "    os.kill(os.getpid(), signal.SIGKILL)\n", 0, "signal: killed", -1},
		{"never ends", main + "    await asyncio.sleep(3600)\n", 300 * time.Millisecond, "stopped after 300ms, for it had not ended; its waits take 30ms", 1},
		{"never ends and never waits", main + "    while True: pass\n", 300 * time.Millisecond, "stopped after 300ms, for it had not ended; its waits take 30ms", 1},
		{"writes events of its own", main + "    sys.__stdout__.flush()\n    [os.write(fd, b'junk\\n') for fd in range(3, 20) if is_pipe(fd)]\n" +
			"def is_pipe(fd):\n    try: return os.fstat(fd).st_mode & 0o170000 == 0o010000\n    except OSError: return False\n", 0, errGarbled.Error(), 0},
		{"writes a line without end", main + "    sys.__stdout__.flush()\n    [os.write(fd, b'x' * 1000) for _ in range(3000) for fd in range(3, 20) if is_pipe(fd)]\n" +
			"def is_pipe(fd):\n    try: return os.fstat(fd).st_mode & 0o170000 == 0o010000\n    except OSError: return False\n", 0, errGarbled.Error(), 0},
	}
	python := python(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if runtime.GOOS == "windows" && tt.exit < 0 {
				t.Skip("no signals")
			}
			var run *Run
			if tt.limit > 0 {
				run = alone(t, python, head+tt.source, tt.limit)
			} else {
				run, _ = inPython(t, python, head+tt.source)
			}
			s := run.Status()
			if tt.exit < 0 || tt.limit > 0 { // how it ends is the system's affair
				tt.exit = s.ExitCode
			}
			if s.Err != tt.err || s.ExitCode != tt.exit || s.Phase != Ended {
				t.Errorf("error %q, exit code %d, phase %d; want %q, %d; output %q", s.Err, s.ExitCode, s.Phase, tt.err, tt.exit, texts(s))
			}
		})
	}
}

func TestAScriptThatPrintsWhatIsNoText(t *testing.T) {
	t.Parallel()
	run, _ := inPython(t, python(t), `
import os, subprocess, sys
async def sequential(*, a, b):
    sys.stdout.buffer.write(b"\xff\x00\x1b[31mred\x07\n")
    sys.stdout.buffer.flush()
    print("\udc80 is no character")
    os.write(1, b"to the descriptor\n")
    subprocess.run([sys.executable, "-c", "print('from a child')"])
    print("no end", end="")
`)
	s := run.Status()
	want := []string{"\uFFFDred", `\udc80 is no character`, "to the descriptor", "from a child", "no end"}
	if s.Err != "" || !slices.Equal(texts(s), want) {
		t.Errorf("error %q, output %q, want %q", s.Err, texts(s), want)
	}
}

func TestAScriptThatFloods(t *testing.T) {
	t.Parallel()
	const lines = 100_000
	run := alone(t, python(t), fmt.Sprintf(`
async def sequential(*, a, b):
    for i in range(%d): print("line", i)
    print("x" * 10_000_000)
`, lines), 5*time.Minute)
	s := run.Status()
	if s.Err != "" || len(s.Output) != maxLines || s.Dropped != lines+1-maxLines {
		t.Errorf("error %q, %d lines, %d dropped", s.Err, len(s.Output), s.Dropped)
	}
}

// What a script starts and leaves behind ends with it, and with a script
// that is stopped.
func TestNothingIsLeftOfAScript(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("finds processes in /proc")
	}
	const source = `
import subprocess, sys, time
async def sequential(*, a, b):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)", "%s"])
    print("started")
    time.sleep(%d)
`
	nothingLeft := func(t *testing.T, mark, folder string) {
		t.Helper()
		waitFor(t, func() bool { return len(childrenWith(t, mark)) == 0 })
		if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
			t.Errorf("left in the folder for temporary files: %v, %v", left, err)
		}
	}
	t.Run("that ends", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		if s := inPythonWith(t, "TMPDIR="+folder, fmt.Sprintf(source, "left-behind-1", 0)).Status(); s.Err != "" {
			t.Errorf("error %q", s.Err)
		}
		nothingLeft(t, "left-behind-1", folder)
	})
	t.Run("that is stopped", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		p := with(python(t))
		p.environ = append(p.environ, "TMPDIR="+folder)
		c := startWith(t, p, fmt.Sprintf(source, "left-behind-2", 3600), 0, Python, Go)
		waitFor(t, func() bool { return len(c.Runs[0].Status().Output) > 0 })
		if within, err := os.ReadDir(folder); err != nil || len(within) == 0 { // or nothing could be left there
			t.Errorf("in the folder for temporary files: %v, %v", within, err)
		}
		c.Cancel()
		c.Wait()
		if s := c.Runs[0].Status(); s.Err != "stopped" {
			t.Errorf("error %q", s.Err)
		}
		nothingLeft(t, "left-behind-2", folder)
	})
}

// Who leaves the group, and holds on to the streams, is not waited for. On
// Linux he is found, and ended.
func TestARunEndsThoughSomebodyHoldsItsStreams(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs sessions")
	}
	run, _ := inPython(t, python(t), `
import subprocess, sys
async def sequential(*, a, b):
    print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)", "left-in-a-session"], start_new_session=True).pid)
`)
	s := run.Status()
	if s.Err != "" || len(s.Output) != 1 {
		t.Fatalf("error %q, output %q", s.Err, texts(s))
	}
	if runtime.GOOS == "linux" {
		waitFor(t, func() bool { return len(childrenWith(t, "left-in-a-session")) == 0 })
		return
	}
	pid, err := strconv.Atoi(s.Output[0].Text)
	if err != nil {
		t.Fatal(err)
	}
	if left, err := os.FindProcess(pid); err != nil || left.Kill() != nil {
		t.Errorf("the process that was left could not be ended: %v", err)
	}
}

// Where Python leaves out the folder of a script, the lesson is found.
func TestPythonThatIsSafeAboutPaths(t *testing.T) {
	t.Parallel()
	run := inPythonWith(t, "PYTHONSAFEPATH=1", `
async def sequential(*, a, b): print("found")
`)
	if s := run.Status(); s.Err != "" || !slices.Equal(texts(s), []string{"found"}) {
		t.Errorf("error %q, output %q", s.Err, texts(s))
	}
}

// A task that fails, and that nobody asks about, is complained of as soon as
// it is thrown away, as it is without us. And nothing in that is ours.
func TestAnExceptionThatNobodyAskedFor(t *testing.T) {
	t.Parallel()
	for _, interpreter := range everyPython() {
		t.Run(interpreter.Version, func(t *testing.T) {
			t.Parallel()
			run := alone(t, interpreter, `
import asyncio
async def fails(name):
    raise ValueError("no answer")
async def sequential(*, a, b):
    task = asyncio.create_task(fails("A"))
    await asyncio.sleep(a)
    del task
    print("goes on")
`, 0)
			s := run.Status()
			want := []string{"Task exception was never retrieved",
				"future: <Task finished name='Task-2' coro=<fails() done> exception=ValueError('no answer')>",
				"Traceback (most recent call last):", `  File "tasks.py", line 4, in fails`, `    raise ValueError("no answer")`, "ValueError: no answer", "goes on"}
			if s.Err != "" || !slices.Equal(texts(s), want) {
				t.Errorf("error %q, output %q, want %q", s.Err, texts(s), want)
			}
		})
	}
}
