package player

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/child"
	"gosyncio/runner/group"
	"gosyncio/runner/timeline"
)

// A told is what a script has told through the pipes, and what it has printed
// beside them.
type told struct {
	version        string
	timeline       *timeline.Timeline
	events         []timeline.AsyncioEvent // of which it was made
	slow           []timeline.Slow
	done           *child.Done // nil if it was cut off
	stdout, stderr string
	exit           int
}

// first are the first events of the lanes, by their names as they were at last.
func (o told) first() map[string]timeline.AsyncioEvent {
	names, first := map[int]string{}, map[int]timeline.AsyncioEvent{}
	for _, e := range o.events {
		if _, ok := first[e.Task]; !ok {
			first[e.Task] = e
		}
		if e.Name != "" {
			names[e.Task] = e.Name
		}
	}
	named := map[string]timeline.AsyncioEvent{}
	for task, name := range names {
		named[name] = first[task]
	}
	return named
}

// of are the events of a lane that are of one kind.
func (o told) of(name, kind string) []timeline.AsyncioEvent {
	task := o.first()[name].Task
	return slices.DeleteFunc(slices.Clone(o.events), func(e timeline.AsyncioEvent) bool { return e.Task != task || e.Event != kind })
}

// write makes a file of a script in a folder.
func write(t *testing.T, folder, name, source string) (path string) {
	t.Helper()
	path = filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// watched runs a script to its end. prepare, if it is not nil, changes the
// command before it is started.
func watched(t *testing.T, python Interpreter, prepare func(*exec.Cmd), path string, args ...string) told {
	t.Helper()
	return watchedBy(t, with(python), true, prepare, path, args...)
}

// watchedBy is watched by a Player that gives the start, or does not.
func watchedBy(t *testing.T, p *Player, start bool, prepare func(*exec.Cmd), path string, args ...string) told {
	t.Helper()
	o := told{timeline: &timeline.Timeline{}}
	cmd, clear, err := p.Script(t.Context(), path, args, false)
	if err != nil {
		t.Fatal(err)
	}
	defer clear()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if prepare != nil {
		prepare(cmd)
	}
	events, eventsOf := pipe(t)
	controlOf, control := pipe(t)
	numbers := group.HandOn(cmd, eventsOf, controlOf)
	cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%d,%d", ScriptPipes, numbers[0], numbers[1]))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	eventsOf.Close()
	controlOf.Close()
	var all bytes.Buffer
	b := o.timeline.AsyncioScript()
	err = ReadScript(io.TeeReader(events, &all), b, ScriptReader{
		Prepared: func(version string) {
			o.version = version
			if start {
				io.WriteString(control, "start\n")
			}
			control.Close()
		},
		Changed: func() {},
		Done:    func(done child.Done) { o.done = &done },
	})
	if err != nil {
		t.Errorf("%v, of %q", err, all.String())
	}
	for line := range bytes.Lines(all.Bytes()) {
		var e timeline.AsyncioEvent
		if json.Unmarshal(line, &e); e.Task != 0 {
			o.events = append(o.events, e)
		}
	}
	o.slow = b.Slow()
	cmd.Wait()
	o.stdout, o.stderr, o.exit = stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
	return o
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); w.Close() })
	return r, w
}

// inEach is a subtest for each Python, with a folder of its own.
func inEach(t *testing.T, test func(t *testing.T, python Interpreter, folder string)) {
	t.Parallel()
	for _, python := range pythons(t) {
		t.Run(python.Version, func(t *testing.T) {
			t.Parallel()
			test(t, python, t.TempDir())
		})
	}
}

func TestAScriptTellsWhatItsTasksDo(t *testing.T) {
	const source = `import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

async def sleeps():
    await asyncio.sleep(0.01)

async def gets(queue):
    await queue.get()

async def puts(queue):
    await asyncio.sleep(0.01)
    queue.put_nowait(1)

def rings(): pass

def works(): pass

async def serves(reader, writer):
    writer.write(await reader.readline())
    writer.close()

async def main():
    queue = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(sleeps(), name="first")
        group.create_task(sleeps())
        group.create_task(gets(queue))
        renamed = group.create_task(puts(queue))
        renamed.set_name("producer")
    asyncio.get_running_loop().call_later(0.01, rings)
    await asyncio.sleep(0.05)
    await asyncio.get_running_loop().run_in_executor(None, works)
    await asyncio.to_thread(works)
    server = await asyncio.start_server(serves, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"hello\n")
    print(await reader.readline())
    writer.close()
    server.close()

asyncio.run(main())
`
	inEach(t, func(t *testing.T, python Interpreter, folder string) {
		o := watched(t, python, nil, write(t, folder, "it.py", source))
		if o.exit != 0 || o.stderr != "" || o.stdout != "b'hello\\n'\n" || o.version != python.Version {
			t.Fatalf("exit status %d, output %q %q, version %q", o.exit, o.stdout, o.stderr, o.version)
		}
		if o.done == nil || o.done.Elapsed <= 0 || o.done.MaxRSS <= 0 || o.done.Err != "" {
			t.Errorf("done: %+v", o.done)
		}
		first := o.first()
		main := first["main"].Task
		for name, want := range map[string]struct {
			where string
			by    int
		}{
			"main": {"it.py:42", 0}, "first": {"it.py:26", main}, "sleeps": {"it.py:27", main}, "gets": {"it.py:28", main},
			"producer": {"it.py:29", main}, "rings": {"it.py:31", main}, "works": {"it.py:33", main}, "serves": {"", 0},
		} {
			if e, ok := first[name]; !ok || e.Where != want.where || e.By != want.by {
				t.Errorf("%s begins with %+v, want %+v", name, e, want)
			}
		}
		for _, lane := range o.timeline.Snapshot() {
			if e := first[lane.Name]; lane.Origin == nil || lane.Origin.Started != e.Where || lane.Origin.Parent != int64(e.By) || lane.Origin.Library {
				t.Errorf("%s comes from %+v, not as %+v says", lane.Name, lane.Origin, e)
			}
		}
		for name, want := range map[string][]string{
			"first":    {"sleep it.py:6"},
			"gets":     {"queue it.py:9"},
			"producer": {"sleep it.py:12"},
			"rings":    {"timer it.py:31"},
			"works":    {"pool it.py:33", "thread "},
			"serves":   {"socket it.py:20"},
		} {
			var got []string
			for _, e := range o.of(name, "wait") {
				got = append(got, e.Reason+" "+e.Where)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s waits for %q, want %q", name, got, want)
			}
		}
		for _, e := range o.of("gets", "ready")[1:] {
			if e.By != first["producer"].Task {
				t.Errorf("gets is woken by %d, not by %d", e.By, first["producer"].Task)
			}
		}
		for _, e := range o.of("first", "ready")[1:] {
			if e.By != 0 {
				t.Errorf("a timer's sleeper is woken by %d", e.By)
			}
		}
		last := o.of("main", "wait")
		if !slices.ContainsFunc(last, func(e timeline.AsyncioEvent) bool { return e.Reason == "thread" && e.Where == "it.py:34" }) {
			t.Errorf("main waits %+v", last)
		}
		for name := range first {
			if n := len(o.of(name, "end")); n != 1 {
				t.Errorf("%s ends %d times", name, n)
			}
		}
	})
}

// All that a script can see of itself, and all that others see of it, is as it
// is under plain Python.
func TestAScriptIsAsUnderPlainPython(t *testing.T) {
	const head = "import asyncio, os, signal, subprocess, sys, threading, traceback\n"
	tests := []struct{ name, source string }{
		{"surroundings", head + `
print(sys.argv, sys.path, sys.orig_argv[1:], os.getcwd(), __file__, __name__, sys.flags, sorted(globals()))
print(sys.meta_path, [n for n in sys.modules if n in ("recorder", "watch", "sitecustomize")], [p for p in sys.path_importer_cache if 'gosyncio' in p], sys.excepthook is sys.__excepthook__)
print(threading.enumerate(), __loader__.name, __spec__, repr(sys.modules["__main__"]))
env = dict(os.environ)
env.pop("GOSYNCIO_RUN", None)
print(sorted(env.items()))
env = subprocess.check_output(["env"], text=True).splitlines()
print(sorted(line for line in env if not line.startswith("GOSYNCIO_RUN=")))
`},
		{"no asyncio", "import sys\nprint('asyncio' in sys.modules, sys.path)\n"},
		{"streams", head + "data = sys.stdin.buffer.read()\nsys.stdout.buffer.write(bytes(range(256)) + data)\nprint('no end', end='', file=sys.stderr)\n"},
		{"descriptors", head + "fd = os.open(os.devnull, os.O_RDONLY)\nprint(fd)\nprint(subprocess.check_output([sys.executable, '-c', 'import os; print(os.listdir(\"/proc/self/fd\") if os.path.isdir(\"/proc/self/fd\") else 0)'], close_fds=False))\n"},
		{"does not parse", "import asyncio\nasync def main(:\n"},
		{"exits", head + "async def main(): sys.exit(3)\nasyncio.run(main())\n"},
		{"exits with a text", head + "async def main(): sys.exit('no such thing')\nasyncio.run(main())\n"},
		{"exits at once", head + "async def main():\n    print('lost?', flush=True)\n    os._exit(7)\nasyncio.run(main())\n"},
		{"raises", head + "async def inner(): 1 / 0\nasync def main(): await asyncio.create_task(inner())\nasyncio.run(main())\n"},
		{"raises in a TaskGroup", head + `
async def inner(): 1 / 0
async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(inner())
asyncio.run(main())
`},
		{"raises in a thread", head + `
def inner(): 1 / 0
async def main():
    await asyncio.gather(asyncio.to_thread(inner), asyncio.get_running_loop().run_in_executor(None, inner))
asyncio.run(main())
`},
		{"a callback raises", head + `
def inner(): 1 / 0
async def main():
    asyncio.get_running_loop().call_later(0.01, inner)
    await asyncio.sleep(0.05)
asyncio.run(main(), debug=False)
`},
		{"a callback raises in debug mode", head + `
def inner(): 1 / 0
async def main():
    asyncio.get_running_loop().call_soon(inner)
    await asyncio.sleep(0.05)
asyncio.run(main(), debug=True)
`},
		{"is interrupted", head + "async def main():\n    os.kill(os.getpid(), signal.SIGINT)\n    await asyncio.sleep(10)\nasyncio.run(main())\n"},
		{"interrupts itself", head + "async def main(): raise KeyboardInterrupt\nasyncio.new_event_loop().run_until_complete(main())\n"},
		{"looks at its stack", head + `
def callback(): traceback.print_stack()
async def main():
    traceback.print_stack()
    asyncio.get_running_loop().call_soon(callback)
    print(asyncio.get_running_loop().call_later(1, callback))
    await asyncio.sleep(0)
asyncio.run(main())
`},
		{"a module of its own", "import queue, json, random\nprint(queue.here, json.here)\n"},
		{"does not await", head + "async def f(): pass\nf()\nasyncio.run(f())\nasyncio.run(f())\n"},
		{"starts a process", head + `
async def main():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "print(1)", stdout=subprocess.PIPE)
    print(await process.communicate())
asyncio.run(main())
`},
		{"forks without asyncio", "import os, sys\nif os.fork() == 0:\n    import asyncio\n    asyncio.run(asyncio.sleep(0))\n    os.execv(sys.executable, [sys.executable, '-c', 'print(1)'])\nprint(os.wait()[1])\n"},
		{"forks in a task", head + `
async def main():
    for _ in range(3):
        if os.fork() == 0:
            os._exit(3)
        print(os.wait()[1])
        await asyncio.sleep(0.05)
asyncio.run(main())
`},
		{"forks", head + "if os.fork() == 0:\n    asyncio.run(asyncio.sleep(0))\n    sys.exit(4)\nprint(os.wait()[1])\n"},
		{"multiprocessing", `
import asyncio, multiprocessing
def work(n): return n + 1
if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.map(work, [1]))
`},
	}
	differs := regexp.MustCompile(`at 0x[0-9a-f]+|when=[0-9.]+|started [0-9]+|(?m:^Executing .* seconds\n)`) // from run to run
	alike := func(text string) string { return differs.ReplaceAllString(text, "") }
	inEach(t, func(t *testing.T, python Interpreter, folder string) {
		write(t, folder, "own/queue.py", "here = 1\n")
		write(t, folder, "own/json.py", "here = 2\n")
		write(t, folder, "more/other.py", "")
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				path := write(t, folder, strings.ReplaceAll(tt.name, " ", "_")+".py", tt.source)
				if strings.Contains(tt.name, "of its own") {
					path = write(t, folder, "own/it.py", tt.source)
				}
				args := []string{"-x", "two words", ""}
				input := strings.Repeat("in\x00put\r\n", 3)
				prepare := func(cmd *exec.Cmd) {
					cmd.Stdin = strings.NewReader(input)
					cmd.Dir = folder
				}
				plain := exec.Command(python.Path, append([]string{path}, args...)...)
				var stdout, stderr bytes.Buffer
				plain.Stdout, plain.Stderr, plain.Env = &stdout, &stderr, os.Environ()
				prepare(plain)
				plain.Run()
				o := watched(t, python, prepare, path, args...)
				if diff := cmp.Diff(alike(stdout.String()), alike(o.stdout)); diff != "" {
					t.Errorf("stdout (-without us +got):\n%s", diff)
				}
				if diff := cmp.Diff(alike(stderr.String()), alike(o.stderr)); diff != "" {
					t.Errorf("stderr (-without us +got):\n%s", diff)
				}
				if o.exit != plain.ProcessState.ExitCode() {
					t.Errorf("exit status %d, without us %d", o.exit, plain.ProcessState.ExitCode())
				}
				if (o.done == nil) != (tt.name == "exits at once") {
					t.Errorf("done: %+v", o.done)
				}
			})
		}
	})
}

// A step that takes long is told once, with the line in the middle of it.
func TestASlowStepOfAScriptIsTold(t *testing.T) {
	const source = `import asyncio, time

def computes():
    end = time.thread_time() + 0.3
    while time.thread_time() < end: pass

async def worker():
    await asyncio.sleep(0)
    computes()
    await asyncio.sleep(0)

async def blocker():
    time.sleep(1.5)

async def main():
    await asyncio.create_task(worker())
    await asyncio.create_task(blocker())

asyncio.run(main())
`
	inEach(t, func(t *testing.T, python Interpreter, folder string) {
		o := watched(t, python, nil, write(t, folder, "it.py", source))
		want := map[string]struct {
			where []string
			least time.Duration
		}{
			"worker":  {[]string{"it.py:4", "it.py:5"}, 300 * time.Millisecond},
			"blocker": {[]string{"it.py:13"}, 1500 * time.Millisecond},
		}
		for name, want := range want {
			n := 0
			for _, slow := range o.slow { // others may be, on a busy machine
				if slow.Task == name && slow.Took >= want.least && slices.Contains(want.where, slow.Where) {
					n++
				}
			}
			if n != 1 {
				t.Errorf("slow: %+v, want %s once at %q", o.slow, name, want.where)
			}
		}
		if blocks := o.of("blocker", "block"); len(blocks) != 1 || blocks[0].Where != "it.py:13" {
			t.Errorf("blocks: %+v", blocks)
		}
	})
}

// Places in files that have one name are told apart, and those of libraries
// are not the user's own; what the script has made of a library's function is.
func TestPlacesInFilesOfAScript(t *testing.T) {
	inEach(t, func(t *testing.T, python Interpreter, folder string) {
		path := write(t, folder, "it.py", `import asyncio, sys
sys.path.append(sys.path[0] + "/site-packages")
import a.util, b.util, library
async def main():
    await a.util.f()
    await b.util.f()
    await library.f()
    await asyncio.create_task(library.f())
asyncio.run(main())
asyncio.run(main())
`)
		for _, name := range []string{"a/util.py", "b/util.py", "site-packages/library.py"} {
			write(t, folder, name, "import asyncio\nasync def f(): await asyncio.sleep(0.001)\n")
		}
		link := filepath.Join(t.TempDir(), "it.py") // Python looks for modules where it leads to
		if err := os.Symlink(path, link); err != nil {
			t.Skip(err)
		}
		o := watched(t, python, nil, link)
		var got []string
		for _, e := range o.events {
			if e.Event == "wait" {
				got = append(got, strings.TrimSpace(e.Reason+" "+e.Where))
			}
		}
		want := []string{"sleep a/util.py:2", "sleep b/util.py:2", "sleep it.py:7", "task it.py:8", "sleep"}
		if want = append(want, want...); !slices.Equal(got, want) || o.stderr != "" {
			t.Errorf("waits %q, want %q; %s", got, want, o.stderr)
		}
		for _, lane := range o.timeline.Snapshot() {
			if lane.Origin.Library || lane.Origin.Number == 0 || lane.Origin.By != map[bool]string{true: "main"}[lane.Name == "f"] {
				t.Errorf("%s: %+v", lane.Name, lane.Origin)
			}
		}
	})
}

// What the environment says to Python, and its own customization, count.
func TestAScriptKeepsItsEnvironment(t *testing.T) {
	inEach(t, func(t *testing.T, python Interpreter, folder string) {
		write(t, folder, "more/sitecustomize.py", "import asyncio\nprint('customized')\n")
		path := write(t, folder, "it.py", `import asyncio, os, sys
async def main(): await asyncio.sleep(0)
asyncio.run(main())
print(os.environ["PYTHONPATH"], sys.path[1], sys.modules["sitecustomize"].__file__, sys.dont_write_bytecode)
`)
		p := with(python)
		more := filepath.Join(folder, "more")
		p.environ = append(p.environ, "PYTHONPATH="+more, "PYTHONDONTWRITEBYTECODE=")
		o := watchedBy(t, p, true, nil, path)
		want := fmt.Sprintf("customized\n%s %s %s False\n", more, more, filepath.Join(more, "sitecustomize.py"))
		if o.stdout != want || o.stderr != "" || len(o.of("main", "end")) != 1 {
			t.Errorf("%q, want %q; %s", o.stdout, want, o.stderr)
		}
	})
}

// A script does not begin if the start does not come.
func TestAScriptThatIsNotStarted(t *testing.T) {
	t.Parallel()
	python := python(t)
	o := watchedBy(t, with(python), false, nil, write(t, t.TempDir(), "it.py", "print('begun')\n"))
	if o.exit != 1 || o.stdout+o.stderr != "" || o.version != python.Version || o.done != nil {
		t.Errorf("exit status %d, output %q %q, version %q, done %v", o.exit, o.stdout, o.stderr, o.version, o.done)
	}
}

// Where the script leaves the usual ways it is followed as far as it goes, and
// works.
func TestAScriptThatGoesItsOwnWays(t *testing.T) {
	const source = `import asyncio, os, signal, sys, threading, weakref
async def main():
    loop = asyncio.get_running_loop()
    r, w = os.pipe()
    got = asyncio.Event()
    def readable():
        os.read(r, 1)
        loop.remove_reader(r)
        got.set()
    loop.add_reader(r, readable)
    os.write(w, b"x")
    await got.wait()
    loop.call_later(60, print).cancel()
    cancelled = loop.call_later(60, readable)
    cancelled.cancel()
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(60)
    except TimeoutError: pass
    thread = threading.Thread(target=lambda: asyncio.run(inner()))
    thread.start()
    await asyncio.to_thread(thread.join)
async def inner(): await asyncio.create_task(asyncio.sleep(0.01), name="in a thread\u2028\x1b\ud800")
asyncio.run(main())
if hasattr(asyncio, "eager_task_factory"):
    async def eager():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        await asyncio.create_task(asyncio.sleep(0.01))
        await asyncio.create_task(asyncio.sleep(0))
    asyncio.run(eager())
print(threading.active_count())
`
	inEach(t, func(t *testing.T, python Interpreter, folder string) {
		o := watched(t, python, func(cmd *exec.Cmd) { cmd.Dir = folder }, write(t, folder, "it.py", source))
		if o.stdout != "1\n" || o.stderr != "" || o.exit != 0 {
			t.Errorf("exit status %d, output %q %q", o.exit, o.stdout, o.stderr)
		}
		if ends := o.of("main.<locals>.readable", "end"); len(ends) != 1 {
			t.Errorf("the callbacks end %+v, of %+v", ends, o.events)
		}
	})
}

// A script may close what it has not opened: nothing is written then to what
// it opens.
func TestAScriptThatClosesOurDescriptors(t *testing.T) {
	const source = `import asyncio, os
asyncio.run(asyncio.sleep(0.01))
os.closerange(3, 1000)
files = [open(f"mine{i}", "wb") for i in range(300)]
asyncio.run(asyncio.sleep(0.05))
print(sum(os.path.getsize(f.name) for f in files))
`
	inEach(t, func(t *testing.T, python Interpreter, folder string) {
		o := watched(t, python, func(cmd *exec.Cmd) { cmd.Dir = folder }, write(t, folder, "it.py", source))
		if o.stdout != "0\n" || o.stderr != "" || o.exit != 0 || o.done != nil {
			t.Errorf("exit status %d, output %q %q, done %v", o.exit, o.stdout, o.stderr, o.done)
		}
	})
}
