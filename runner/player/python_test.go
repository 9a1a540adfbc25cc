package player

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gosyncio/runner/fault"
	"gosyncio/runner/termtest"
	"gosyncio/runner/timeline"
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
		parts = append(parts, Part{pick(t, lesson, []string{"sequential"})[0].Variant, language})
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
		{"never ends", main + "    await asyncio.sleep(3600)\n", 300 * time.Millisecond, "stopped after 300ms, for it did not end; it should have taken 30ms", 1},
		{"never ends and never waits", main + "    while True: pass\n", 300 * time.Millisecond, "stopped after 300ms, for it did not end; it should have taken 30ms", 1},
		{"writes events of its own", main + "    sys.__stdout__.flush()\n    [os.write(fd, b'junk\\n') for fd in range(3, 20) if is_pipe(fd)]\n" +
			"def is_pipe(fd):\n    try: return os.fstat(fd).st_mode & 0o170000 == 0o010000\n    except OSError: return False\n", 0, "read what Python reports: invalid character 'j' looking for beginning of value", 0},
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

// Who leaves the group cannot be ended, but nobody waits for it, though it
// holds on to the streams.
func TestARunEndsThoughSomebodyHoldsItsStreams(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs sessions")
	}
	run, _ := inPython(t, python(t), `
import subprocess, sys
async def sequential(*, a, b):
    print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"], start_new_session=True).pid)
`)
	s := run.Status()
	if s.Err != "" || len(s.Output) != 1 {
		t.Fatalf("error %q, output %q", s.Err, texts(s))
	}
	pid, err := strconv.Atoi(s.Output[0].Text)
	if err != nil {
		t.Fatal(err)
	}
	if left, err := os.FindProcess(pid); err != nil || left.Kill() != nil {
		t.Errorf("the process that was left could not be ended: %v", err)
	}
}

// A child's streams are read to their end, however slowly.
func TestAStreamIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	const quiet = 10 * time.Millisecond
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	if _, err := to.WriteString("abc"); err != nil {
		t.Fatal(err)
	}
	to.Close()
	s := &stream{pipe: from, quiet: quiet}
	s.orphan()
	for _, want := range []string{"a", "b", "c", ""} {
		time.Sleep(2 * quiet)
		p := make([]byte, 1)
		n, err := s.Read(p)
		if string(p[:n]) != want || (err == io.EOF) != (want == "") {
			t.Errorf("read %q, error %v, want %q", p[:n], err, want)
		}
	}
}

// said is a span's state, with its reason if it has one.
func said(s timeline.Span) string { return strings.TrimSpace(s.State.String() + " " + s.Reason()) }

// spans are the states of a lane, in order, with their reasons, without
// those under a millisecond.
func spans(r *Run, name string) (all []string) {
	for _, lane := range r.Timeline.Snapshot() {
		if lane.Name != name {
			continue
		}
		for s := range lane.Spans() {
			if s.End-s.Start >= time.Millisecond {
				all = append(all, said(s))
			}
		}
	}
	return all
}

// longest is the longest span of a lane that is as spans tells it.
func longest(r *Run, name, what string) (longest timeline.Span) {
	for _, lane := range r.Timeline.Snapshot() {
		for s := range lane.Spans() {
			if lane.Name == name && said(s) == what && s.End-s.Start > longest.End-longest.Start {
				longest = s
			}
		}
	}
	return longest
}

// Why a lane waits is told where asyncio knows, on every Python.
func TestWhyALaneWaits(t *testing.T) {
	t.Parallel()
	const source = `
import asyncio, time
async def sleeps(name): await asyncio.sleep(0.05)
async def gets(name, queue): await queue.get()
async def puts(name, queue):
    await asyncio.sleep(0.05)
    queue.put_nowait(1)
async def locks(name, lock):
    async with lock: await asyncio.sleep(0.05)
async def listens(name, lock, future):
    future.set_result(1)
async def awaits(name, future): await future
async def blocks(name): await asyncio.to_thread(time.sleep, 0.05)
async def hears(name, port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    writer.close()
async def joins(name): await asyncio.create_task(asyncio.sleep(0.05))
async def gathers(name): await asyncio.gather(asyncio.sleep(0.05), asyncio.sleep(0.01))
async def hogs(name): time.sleep(0.05)
async def yields(name):
    end = time.monotonic() + 0.02
    while time.monotonic() < end:
        await asyncio.sleep(0)
async def sequential(*, a, b):
    async def serve(reader, writer):
        await asyncio.sleep(0.05)
        writer.write(b"hello\n")
        writer.close()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    queue, lock, future = asyncio.Queue(), asyncio.Lock(), asyncio.get_running_loop().create_future()
    await asyncio.gather(sleeps("sleep"), gets("get", queue), puts("put", queue), locks("lock 1", lock),
        locks("lock 2", lock), awaits("await", future), blocks("thread"), hears("socket", port), joins("join"),
        gathers("gather"), late(future))
    await asyncio.gather(hogs("hog"), sleeps("starved"))
    await yields("yield")
async def late(future):
    await asyncio.sleep(0.05)
    future.set_result(1)
`
	want := map[string][]string{
		"sleep":  {"waiting sleep"},
		"get":    {"waiting queue"},
		"put":    {"waiting sleep"},
		"lock 2": {"waiting lock", "waiting sleep"},
		"await":  {"waiting future"},
		"thread": {"waiting thread"},
		"socket": {"waiting socket"},
		"join":   {"waiting task"},
		"gather": {"waiting gather"},
		"hog":    {"running"},
	}
	for _, python := range pythons(t) {
		t.Run(python.Version, func(t *testing.T) {
			t.Parallel()
			run, _ := inPython(t, python, source)
			s := run.Status()
			if s.Err != "" || s.Version != python.Version {
				t.Errorf("error %q, version %q", s.Err, s.Version)
			}
			for name, want := range want {
				got := slices.DeleteFunc(spans(run, name), func(s string) bool { return s == "ready" || s == "running" && name != "hog" })
				if !slices.Equal(slices.Compact(got), want) {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			if got := spans(run, "starved"); !slices.Contains(got, "ready") {
				t.Errorf("starved: %q, want ready while another hogs the loop", got)
			}
			if names := laneNames(run); !slices.Contains(names, "yield") || slices.Contains(names, "serve") {
				t.Errorf("lanes %q", names)
			}
		})
	}
}

// Who has a call for a pool whose threads are all taken is ready, as only a
// thread is lacking, and waits while a thread has the call.
func TestACallWithoutAThreadIsReady(t *testing.T) {
	t.Parallel()
	run, _ := inPython(t, python(t), `
import asyncio, time
from concurrent.futures import ThreadPoolExecutor
async def calls(name):
    await asyncio.to_thread(time.sleep, 0.5)
async def sequential(*, a, b):
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    await asyncio.gather(calls("A"), calls("B"))
`)
	if s := run.Status(); s.Err != "" {
		t.Fatal(s.Err)
	}
	a, b := longest(run, "A", "waiting thread"), longest(run, "B", "waiting thread")
	const call = 250 * time.Millisecond // or more: on a busy machine it is noted late that a thread has it
	if a.End-a.Start < call || b.End-b.Start < call || b.Start-a.Start < call {
		t.Errorf("A has the thread from %v to %v, B from %v to %v", a.Start, a.End, b.Start, b.End)
	}
	got := slices.DeleteFunc(spans(run, "B"), func(s string) bool { return s == "running" })
	if i := slices.Index(got, "waiting thread"); i < 1 || got[i-1] != "ready" {
		t.Errorf("B: %q, want ready before waiting thread", got)
	}
}

// A coroutine that is called with names alone has no lane, and works.
func TestACoroutineWithoutANameToShow(t *testing.T) {
	t.Parallel()
	run, _ := inPython(t, python(t), `
import asyncio
async def worker(name, d): print(name)
async def sequential(*, a, b):
    await worker(name="A", d=1)
    await asyncio.create_task(worker(d=1, name="B"))
`)
	if s := run.Status(); s.Err != "" || !slices.Equal(texts(s), []string{"A", "B"}) || len(laneNames(run)) != 0 {
		t.Errorf("error %q, output %q, lanes %q", s.Err, texts(s), laneNames(run))
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

// A thread may ask a pool for another one while a task runs its step.
func TestAThreadMayCallAPool(t *testing.T) {
	t.Parallel()
	run, _ := inPython(t, python(t), `
import threading
from concurrent.futures import ThreadPoolExecutor
async def calls(name):
    with ThreadPoolExecutor(1) as pool:
        thread = threading.Thread(target=lambda: print(pool.submit(sum, [1, 2]).result()))
        thread.start()
        thread.join()
async def sequential(*, a, b):
    await calls("A")
`)
	if s := run.Status(); s.Err != "" || !slices.Equal(texts(s), []string{"3"}) {
		t.Errorf("error %q, output %q", s.Err, texts(s))
	}
}

// A timer that could not fire because the loop was busy has been ready since
// it was due.
func TestATimerThatIsKeptWaitingIsReady(t *testing.T) {
	t.Parallel()
	run, _ := inPython(t, python(t), `
import asyncio, time
async def sleeps(name):
    await asyncio.sleep(0.4)
async def hogs(name):
    time.sleep(1)
async def sequential(*, a, b):
    asyncio.get_running_loop().call_later(0.4, print, "called")
    asyncio.get_running_loop().call_later(0.4, fire, "timer")
    await asyncio.gather(sleeps("A"), hogs("B"))
def fire(name): pass
`)
	for name, reason := range map[string]string{"A": "waiting sleep", "timer": "waiting timer"} {
		got := slices.DeleteFunc(spans(run, name), func(s string) bool { return s == "running" })
		if len(got) > 2 {
			got = got[len(got)-2:] // before, it waited for its first step
		}
		if !slices.Equal(got, []string{reason, "ready"}) {
			t.Errorf("%s: %q, want %s, ready", name, got, reason)
		}
		late := longest(run, "B", "running").Start + 900*time.Millisecond
		if ready := longest(run, name, "ready"); ready.Start > late || ready.End < late {
			t.Errorf("%s is ready from %v to %v, not at %v", name, ready.Start, ready.End, late)
		}
	}
}

// script writes an executable shell script.
func script(t *testing.T, body string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	path := filepath.Join(t.TempDir(), "python3")
	termtest.Executable(t, path, "#!/bin/sh\n"+body+"\n")
	return path
}

func TestAPythonThatDoesNotDo(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, what string }{
		{"too old", "echo 3.10.13; echo $0", "$ is Python 3.10.13, which is too old"},
		{"much too old, and asyncio is missing", "echo 2.7.18; echo $0; echo ImportError >&2; exit 1", "$ is Python 2.7.18, which is too old"},
		{"broken", "echo 'Fatal Python error' >&2; echo 'ModuleNotFoundError: No module named encodings' >&2; exit 1", "$ does not work: ModuleNotFoundError: No module named encodings"},
		{"not Python", "echo hello", "$ does not work"},
		{"silent", "exit 0", "$ does not work"},
		{"killed", "kill -9 $$", "$ does not work"},
		{"hangs", "exec sleep 3600", "$ does not answer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			timeouts := usualTimeouts()
			if tt.name == "hangs" {
				timeouts.probe = 500 * time.Millisecond
			}
			path := script(t, tt.body)
			_, err := findPython(t.Context(), []string{PythonVariable + "=" + path, "PATH=" + os.Getenv("PATH")}, timeouts)
			wrong, ok := errors.AsType[*fault.Error](err)
			if !ok {
				t.Fatalf("error %v, want a fault.Error", err)
			}
			if want := strings.ReplaceAll(tt.what, "$", path); wrong.What != want || !strings.Contains(wrong.Next, "3.11 or newer") {
				t.Errorf("%q, %q; want %q", wrong.What, wrong.Next, want)
			}
		})
	}
	t.Run("nobody waits for it any more", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		path := script(t, "exec sleep 3600")
		time.AfterFunc(50*time.Millisecond, cancel)
		if _, err := FindPython(ctx, []string{PythonVariable + "=" + path}); err == nil || ctx.Err() == nil {
			t.Errorf("error %v, context %v", err, ctx.Err())
		}
	})
	t.Run("no program", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		_, err := FindPython(t.Context(), []string{PythonVariable + "=" + folder})
		if wrong, ok := errors.AsType[*fault.Error](err); !ok || wrong.What != folder+" is not an executable" {
			t.Errorf("error %v", err)
		}
	})
	t.Run("missing", func(t *testing.T) {
		t.Parallel()
		_, err := FindPython(t.Context(), []string{"PATH=" + t.TempDir()})
		if wrong, ok := errors.AsType[*fault.Error](err); !ok || wrong.What != "there is no python3" {
			t.Errorf("error %v", err)
		}
	})
}

// What the environment says is shown, and cannot command the terminal.
func TestANameOfAPythonIsShownWithoutEscapes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"/nosuch\x1b[31m", "nosuch\x1b]0;title\a"} {
		_, err := FindPython(t.Context(), []string{PythonVariable + "=" + name})
		wrong, ok := errors.AsType[*fault.Error](err)
		if !ok || !strings.Contains(wrong.What, "nosuch") || strings.ContainsAny(wrong.What+wrong.Next, "\x1b\a") {
			t.Errorf("%q: error %#v", name, err)
		}
	}
}

// Whoever stops a run does not wait for an interpreter that does not answer,
// and the next run looks for it again.
func TestARunThatIsStoppedDoesNotWaitForPython(t *testing.T) {
	t.Parallel()
	asked := filepath.Join(t.TempDir(), "asked")
	p := New([]string{PythonVariable + "=" + script(t, "echo >>"+asked+"; exec sleep 3600"), "PATH=" + os.Getenv("PATH")})
	for round := 1; round <= 2; round++ {
		c := startWith(t, p, "", 0, Python)
		waitFor(t, func() bool { text, _ := os.ReadFile(asked); return len(text) == round })
		c.Cancel()
		c.Wait()
		if s := c.Snapshot(); s.Runs[0].Status.Err != stopped || s.Missing() != nil {
			t.Errorf("error %q, missing %v; want stopped", s.Runs[0].Status.Err, s.Missing())
		}
	}
}

// Without Python its runs are missing, and Go goes on.
func TestWithoutPythonGoGoesOn(t *testing.T) {
	t.Parallel()
	lesson, values := find(t, "tasks", "a=2ms", "b=1ms")
	var parts []Part
	for _, part := range pick(t, lesson, []string{"sequential", "concurrent"}) {
		parts = append(parts, Part{part.Variant, Python}, part)
	}
	missing := &fault.Error{What: "there is no python3", Next: "install it"}
	p := ours()
	p.found = &foundPython{err: missing}
	c, err := p.Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: parts})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	snapshot := c.Snapshot()
	if snapshot.Missing() != missing || len(snapshot.Present()) != 2 || snapshot.Failed() != "" {
		t.Errorf("missing %v, %d runs present, failed %q; want that of Python, 2", snapshot.Missing(), len(snapshot.Present()), snapshot.Failed())
	}
	for _, run := range snapshot.Present() {
		if s := run.Status; s.Err != "" || run.Job.Language != Go || len(s.Output) != 4 {
			t.Errorf("%v %s: error %q, output %q", run.Job.Language, run.Job.Variant.Name, s.Err, texts(s))
		}
	}
}

// The runs of a comparison start together: none before the slowest is ready.
func TestNoRunStartsBeforeAllAreReady(t *testing.T) {
	t.Parallel()
	slow := Interpreter{Path: script(t, `sleep 1; exec "`+python(t).Path+`" "$@"`)}
	began := time.Now()
	inPython, inGo := inPython(t, slow, "async def sequential(*, a, b): pass")
	for _, run := range []*Run{inPython, inGo} {
		if s := run.Status(); s.Err != "" || s.Start.Before(began.Add(time.Second)) {
			t.Errorf("%v: error %q, started %v after the beginning, before Python was ready", run.Job.Language, s.Err, s.Start.Sub(began))
		}
	}
}

// A harness that dies, or never gets ready, is told of like any child.
func TestAnInterpreterThatDies(t *testing.T) {
	t.Parallel()
	run, _ := inPython(t, Interpreter{Path: script(t, "exit 3")}, "")
	if s := run.Status(); s.Err != "exit status 3" || s.Phase != Ended {
		t.Errorf("error %q, phase %d; want exit status 3", s.Err, s.Phase)
	}
}

func TestAnInterpreterThatIsNeverReady(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"talks nonsense": "echo nonsense; cat >/dev/null",
		"says nothing":   "cat >/dev/null; exec sleep 3600",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := with(Interpreter{Path: script(t, body)})
			p.timeouts.ready = time.Second
			c := startWith(t, p, "", 0, Python)
			c.Wait()
			run := c.Runs[0]
			if s := run.Status(); s.Err != "not ready after 1s" || s.Phase != Ended {
				t.Errorf("error %q, phase %d; want not ready after 1s", s.Err, s.Phase)
			}
		})
	}
}

func TestHarnessCompiles(t *testing.T) {
	t.Parallel()
	for _, python := range pythons(t) {
		folder := t.TempDir()
		if err := os.CopyFS(folder, harness); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(python.Path, "-B", "-W", "error", "-c", "import glob, sys; [compile(open(f).read(), f, 'exec') for f in glob.glob(sys.argv[1] + '/*.py')] or sys.exit(1)", folder)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("Python %s: %v: %s", python.Version, err, out)
		}
	}
}
