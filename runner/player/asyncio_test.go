package player

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/timeline"
)

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
import asyncio, threading, time
async def sleeps(name): await asyncio.sleep(0.05)
async def gets(name, queue): await queue.get()
async def puts(name, queue):
    await asyncio.sleep(0.05)
    queue.put_nowait(1)
async def locks(name, lock):
    async with lock: await asyncio.sleep(0.5) # far longer than the loop is kept busy
async def listens(name, lock, future):
    future.set_result(1)
async def awaits(name, future): await future
async def blocks(name, released): await asyncio.to_thread(released.wait)
async def hears(name, port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    writer.close()
async def joins(name): await asyncio.create_task(asyncio.sleep(0.05))
async def gathers(name): await asyncio.gather(asyncio.sleep(0.05), asyncio.sleep(0.01))
async def hogs(name): time.sleep(0.3)
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
    released = threading.Event()
    await asyncio.gather(sleeps("sleep"), gets("get", queue), puts("put", queue), locks("lock 1", lock),
        locks("lock 2", lock), awaits("await", future), blocks("thread", released), hears("socket", port), joins("join"),
        gathers("gather"), late(future, released))
    await asyncio.gather(hogs("hog"), sleeps("starved"))
    await yields("yield")
async def late(future, released): # after all others have begun to wait
    await asyncio.sleep(0.05)
    future.set_result(1)
    released.set()
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
		"hog":    {"blocking"},
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
				got := slices.DeleteFunc(spans(run, name), func(s string) bool { return s == "ready" || s == "running" })
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

// Who has a call for a pool whose threads are all taken waits for the pool,
// and then for what the thread does.
func TestACallWithoutAThreadWaits(t *testing.T) {
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
	if i := slices.Index(got, "waiting thread"); i < 1 || got[i-1] != "waiting pool" {
		t.Errorf("B: %q, want waiting pool before waiting thread", got)
	}
}

// A step that goes through several lanes blocks in each that does.
func TestEachLaneOfAStepMayBlock(t *testing.T) {
	t.Parallel()
	run, _ := inPython(t, python(t), `
import time
async def blocks(name): time.sleep(0.3)
async def computes(name):
    began, before, starved = time.perf_counter(), time.thread_time(), False
    while (had := time.thread_time() - before) < 0.2:
        lasted = time.perf_counter() - began
        starved = starved or lasted > 0.1 and had < lasted / 20
    print("starved" if starved else "computed")
async def sequential(*, a, b):
    await blocks("A")
    await computes("B")
    await blocks("C")
`)
	if s := run.Status(); s.Err != "" {
		t.Fatal(s.Err)
	}
	want := map[string]string{"A": "blocking", "B": "running", "C": "blocking"}
	if slices.Equal(texts(run.Status()), []string{"starved"}) { // it hardly had a CPU, and cannot be told from what blocks
		delete(want, "B")
	}
	for name, want := range want {
		if got := spans(run, name); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %s", name, got, want)
		}
	}
}

// What the lesson pools says of Python's pool: its threads start as jobs come.
func TestThreadsOfAPoolStartAsJobsCome(t *testing.T) {
	t.Parallel()
	run, _ := inPython(t, python(t), `
import threading
from concurrent.futures import ThreadPoolExecutor
async def sequential(*, a, b):
    before = threading.active_count()
    with ThreadPoolExecutor(64) as pool:
        for n in range(3):
            pool.submit(sum, [n]).result()
        print(1 <= threading.active_count() - before <= 3)
        together = threading.Barrier(9)
        for n in range(8):
            pool.submit(together.wait)
        print(threading.active_count() - before)
        together.wait()
`)
	if s := run.Status(); s.Err != "" || !slices.Equal(texts(s), []string{"True", "8"}) {
		t.Errorf("error %q, output %q", s.Err, texts(s))
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
	if b := longest(run, "B", "blocking"); runtime.GOOS == "linux" && !strings.HasSuffix(b.Where(), ".py:6") {
		t.Errorf("B blocks at %q", b.Where())
	}
	for name, reason := range map[string]string{"A": "waiting sleep", "timer": "waiting timer"} {
		got := slices.DeleteFunc(spans(run, name), func(s string) bool { return s == "running" })
		if len(got) > 2 {
			got = got[len(got)-2:] // before, it waited for its first step
		}
		if !slices.Equal(got, []string{reason, "ready"}) {
			t.Errorf("%s: %q, want %s, ready", name, got, reason)
		}
		late := longest(run, "B", "blocking").Start + 900*time.Millisecond
		if ready := longest(run, name, "ready"); ready.Start > late || ready.End < late {
			t.Errorf("%s is ready from %v to %v, not at %v", name, ready.Start, ready.End, late)
		}
	}
}
