"""Notes what asyncio's tasks do while a lesson runs.

The lesson's own code is not changed. asyncio's Handle, through which
every step of every task goes, tells when a task becomes ready, runs and
waits. The lesson's coroutine functions that take an argument tell when
they are entered and left: they are the lanes, named by that argument.
"""

import asyncio
import functools
import inspect
import json
import os
import sys
import threading
import time
import types
from asyncio import events
from concurrent.futures import ThreadPoolExecutor

FLUSH_SECONDS = 0.02  # how long an event may wait before it is written
LATE_SECONDS = 0.002  # a timer that fires later than this was kept waiting

# A step that has lasted so long, and of that was on a CPU for so small a part,
# blocks the loop: it does not compute. asyncio's own debug mode calls a step
# slow from 0.1 s on; on a busy machine one that computes gets a larger part.
BLOCKING_SECONDS, BLOCKING_PART = 0.1, 0.05

# Where a chain of awaits is followed: code, frame and what is awaited.
CHAIN = {
    types.CoroutineType: ("cr_code", "cr_frame", "cr_await"),
    types.GeneratorType: ("gi_code", "gi_frame", "gi_yieldfrom"),
}


LACKS_THREAD = ',"reason":"pool"'  # it waits for a thread of the pool


class Recorder:
    """Notes what tasks do and writes it out from a thread of its own."""

    def __init__(self, out, module):
        self.out, self.file = out, module.__file__
        self.notes = []  # (time, event, task, more), not yet written
        self.writing = threading.Lock()
        self.start = None  # of the run; None outside it
        self.ended = False
        self.tasks = {}  # id(task) → number, as long as the task lives
        self.numbers = 0
        self.depth = {}  # number → how many lanes it has entered
        self.current = None  # number of the task whose step runs
        self.again = False  # it has become ready during its step
        self.step_began = None  # (number, time, CPU time) of the step that runs
        self.told_of = None  # the last step of which it was said that it blocks
        self.clock = None  # of the loop's thread; None where there is none
        self.lacking = set()  # numbers of tasks whose call has no thread yet
        self.reasons = {}  # code → why one waits in it
        self.places = {}  # file and line → the place

    def note(self, event, number, more="", at=None):
        if self.start is not None:
            at = time.perf_counter_ns() if at is None else at
            self.notes.append((at - self.start, event, number, more))

    def flush(self):
        with self.writing:
            notes, self.notes = self.notes, []
            if notes:
                self.out.write("".join(
                    '{"at":%d,"event":"%s","task":%d%s}\n' % n for n in notes))
                self.out.flush()

    def send(self, **message):
        with self.writing:
            self.out.write(json.dumps(message) + "\n")
            self.out.flush()

    def flush_always(self):
        if hasattr(time, "pthread_getcpuclockid"):
            loops = threading.main_thread().ident
            self.clock = time.pthread_getcpuclockid(loops)
        while True:
            time.sleep(FLUSH_SECONDS)
            if self.clock is not None and self.steps_in_main():
                self.look_for_blocking(lambda: time.clock_gettime_ns(self.clock))
            self.flush()

    # Tasks: every step of a task is a Handle that the loop runs.

    def install(self):
        init, run = events.Handle.__init__, events.Handle._run
        submit = ThreadPoolExecutor.submit

        def traced_init(handle, callback, args, *rest):
            init(handle, callback, args, *rest)
            self.scheduled(handle, callback, args)

        def traced_run(handle):
            task = owner(handle._callback)
            if task is None:
                if isinstance(handle, events.TimerHandle):
                    self.fires(handle)
                run(handle)
            else:
                self.step(task, run, handle)
            del task, handle  # see step

        def traced_submit(executor, function, /, *args, **kwargs):
            function = self.in_thread(function, args)
            return submit(executor, function, *args, **kwargs)

        events.Handle.__init__ = traced_init
        events.Handle._run = traced_run
        ThreadPoolExecutor.submit = traced_submit

    def new_number(self):
        self.numbers += 1
        return self.numbers

    def scheduled(self, handle, callback, args):
        """A callback has been handed to the loop."""
        task = owner(callback)
        if task is None:
            if args and self.is_lessons(callback):
                self.make_lane(handle, callback, args)
            return
        number, more = self.tasks.get(id(task)), ""
        if number is None:
            number = self.tasks[id(task)] = self.new_number()
            more = first_lane(task.get_coro())
        if number == self.current:
            self.again = True
        else:
            self.note("ready", number, more)

    def step(self, task, run, handle):
        number = self.tasks.get(id(task))
        if number is None:  # from before the start
            number = self.tasks[id(task)] = self.new_number()
        self.current, self.again = number, False
        self.lacking.discard(number)
        self.note("run", number)
        self.begin_step(number)
        run(handle)
        self.end_step()
        if task.done():
            self.note("end", number)
            del self.tasks[id(task)]
            self.depth.pop(number, None)
        elif self.again:
            self.note("ready", number)
        elif number in self.lacking:
            self.note("wait", number, LACKS_THREAD)
            if number not in self.lacking:  # a thread has just begun
                self.note("wait", number, self.why(task))
        else:
            self.note("wait", number, self.why(task))
        self.current = None
        # An exception in the task may keep this frame, as the loop's own
        # frames know: it must not keep the task, of which nobody asked for it.
        del task, handle

    def begin_step(self, number):
        self.step_began = (number, time.perf_counter_ns(),
                           time.thread_time_ns(), threading.get_ident())

    def steps_in_main(self):
        """Whether it is the main thread's loop that is in a step."""
        main, step = threading.main_thread().ident, self.step_began
        return step is not None and step[3] == main

    def end_step(self):
        self.look_for_blocking(time.thread_time_ns)
        self.step_began = None

    def look_for_blocking(self, cpu):
        """Say so, once, if the step that runs blocks the loop."""
        step = self.step_began
        if step is None or step is self.told_of:
            return
        number, began, cpu_began, _ = step
        lasted = time.perf_counter_ns() - began
        if (lasted > BLOCKING_SECONDS * 1e9
                and cpu() - cpu_began < BLOCKING_PART * lasted):
            where = self.where_loop_is()
            if self.step_began is step:  # it has not ended meanwhile
                self.note("block", number, where)
                self.told_of = step

    def where_loop_is(self):
        """The place in the lesson's file at which the loop's thread is."""
        frame = sys._current_frames().get(threading.main_thread().ident)
        while frame is not None:
            if self.is_own(frame.f_code):
                return self.place(frame.f_code, frame)
            frame = frame.f_back
        return ""

    def fires(self, handle):
        """A timer fires. If late, who sleeps has been ready since."""
        late = handle._loop.time() - handle.when()
        if late < LATE_SECONDS or not handle._args:
            return
        due = time.perf_counter_ns() - int(late * 1e9)
        for callback, _ in getattr(handle._args[0], "_callbacks", None) or ():
            number = self.tasks.get(id(owner(callback)))
            if number is not None:
                self.note("ready", number, at=due)

    def why(self, task):
        """Why the task waits, and where in the lesson's file."""
        where, code, coro = "", None, task.get_coro()
        while (names := CHAIN.get(type(coro))) is not None:
            code = getattr(coro, names[0])
            if self.is_own(code):
                where = self.place(code, getattr(coro, names[1]))
            coro = getattr(coro, names[2])
        reason = self.reasons.get(code)
        if reason is None and code is not None:
            reason = self.reasons[code] = reason_in(code)
        return f',"reason":"{reason or awaited(task)}"{where}'

    def place(self, code, frame):
        if frame is None:
            return ""
        key = code.co_filename, frame.f_lineno  # equal code may be of two files
        if key not in self.places:
            where = f"{self.shown(code)}:{frame.f_lineno}"
            self.places[key] = ',"where":' + json.dumps(where)
        return self.places[key]

    def is_own(self, code):
        """Whether the code is of what is followed: the lesson's file."""
        return code.co_filename == self.file

    def shown(self, code):
        """How its file is called."""
        return os.path.basename(self.file)

    # Lanes: calls of the lesson's own functions.

    def is_lessons(self, function):
        code = getattr(function, "__code__", None)
        return code is not None and self.is_own(code)

    def instrument(self, module):
        """Let the coroutine functions tell when they run."""
        for name, function in list(vars(module).items()):
            if (inspect.iscoroutinefunction(function)
                    and self.is_lessons(function)
                    and function.__code__.co_argcount > 0):
                setattr(module, name, self.as_lane(function))

    def as_lane(self, function):
        @functools.wraps(function)
        async def lane(*args, **kwargs):
            if not args:  # nothing to name it by
                return await function(**kwargs)
            me = self.current
            self.turn("enter", me, name_of(args))
            self.depth[me] = self.depth.get(me, 0) + 1
            try:
                return await function(*args, **kwargs)
            finally:
                self.depth[me] = self.depth.get(me, 1) - 1
                self.turn("leave", me)
        return lane

    def turn(self, event, number, more=""):
        """A step turns to another lane: each may block, or not."""
        self.end_step()
        self.note(event, number or 0, more)
        if number is not None:
            self.begin_step(number)

    def make_lane(self, handle, callback, args):
        """A callback of the lesson's own is a lane by itself."""
        number = self.new_number()
        timer = isinstance(handle, events.TimerHandle)
        state = ',"reason":"timer"' if timer else ""
        named = name_of(args)
        if str(args[0]).startswith("<"):  # what it is, but not which
            named = name_of([callback.__name__])
        self.note("wait" if timer else "ready", number, named + state)

        def called(*args):
            if timer:
                late = handle._loop.time() - handle.when()
                if late >= LATE_SECONDS:
                    due = time.perf_counter_ns() - int(late * 1e9)
                    self.note("ready", number, at=due)
            self.note("run", number)
            self.begin_step(number)
            try:
                callback(*args)
            finally:
                self.end_step()
                self.note("end", number)
        handle._callback = called

    def in_thread(self, function, args):
        """What a task has done in a thread, for which it may have to wait."""
        if self.depth.get(self.current):
            return self.of_lane(function, self.current)
        called, args = function, list(args)
        if isinstance(called, functools.partial):  # asyncio.to_thread
            called, args = called.args[0], [*called.args[1:], *args]
        if not args or not self.is_lessons(called):
            return function
        number = self.new_number()  # it has no lane: this is one
        self.note("wait", number, name_of(args) + LACKS_THREAD)

        def in_thread(*args, **kwargs):
            # Whether it runs or waits there, asyncio does not know.
            self.note("wait", number, ',"reason":"thread"')
            try:
                return function(*args, **kwargs)
            finally:
                self.note("end", number)
        return in_thread

    def of_lane(self, function, number):
        """What a task with a lane has done in a thread."""
        try:
            task = asyncio.current_task()
        except RuntimeError:  # it is another thread that asks for this one
            return function
        self.lacking.add(number)

        def of_lane(*args, **kwargs):
            self.lacking.discard(number)
            if self.current != number:  # its step is over
                self.note("wait", number, self.why(task))
            return function(*args, **kwargs)
        return of_lane


def owner(callback):
    """The task whose step a callback is."""
    owner = getattr(callback, "__self__", None)
    return owner if isinstance(owner, asyncio.Task) else None


def name_of(args):
    """A lane's name: the first argument, of an address its last part."""
    name = str(args[0])[:200]
    if "://" in name:
        name = name.rstrip("/").rsplit("/", 1)[-1]
    return ',"name":' + json.dumps(name)


def first_lane(coro):
    """The lane that a task will begin in, if its coroutine is one."""
    frame = getattr(coro, "cr_frame", None)
    if frame is None or frame.f_code.co_filename != __file__:
        return ""
    args = frame.f_locals["args"]
    return name_of(args) if args else ""


def reason_in(code):
    """Why one waits in this code, if it tells; else ""."""
    folder, name = os.path.split(code.co_filename)
    folder, module = os.path.basename(folder), os.path.splitext(name)[0]
    if folder == "aiohttp":
        return "socket"
    if folder != "asyncio":
        return ""
    match module:
        case "queues":
            return "queue"
        case "locks":
            return code.co_qualname.split(".")[0].lower()
        case "threads":
            return "thread"
        case "subprocess":
            return "process"
        case "taskgroups":
            return "task"
        case "tasks":
            return "sleep" if code.co_name == "sleep" else "task"
        case "futures":
            return ""
    return "socket"  # streams, sslproto and the event loops


def awaited(task):
    """What the task awaits, by its kind."""
    future = task._fut_waiter
    if isinstance(future, asyncio.Task):
        return "task"
    if type(future).__name__ == "_GatheringFuture":
        return "gather"
    return "future"
