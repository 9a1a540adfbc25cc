"""Notes what the tasks of a script do, each of which is a lane.

Nothing of the script is changed, and nothing that it can see by ordinary
means: no frame of ours stands in a traceback or under a callback.
"""

import _thread
import ast
import functools
import inspect
import json
import os
import sys
import threading
import time
import types
import weakref
from asyncio import base_events, events, format_helpers
from concurrent.futures import ThreadPoolExecutor

from recorder import (
    BLOCKING_PART, BLOCKING_SECONDS, FLUSH_SECONDS, LACKS_THREAD,
    LATE_SECONDS, Recorder, owner)

SLOW_SECONDS = 0.1  # a step that takes longer is told of
ENDLESS_SECONDS = 1  # and before its end if it takes so long

# Who makes a handle that is called again and again.
KEPT = {"_add_reader": "socket", "_add_writer": "socket",
        "add_signal_handler": "signal"}

get_ident = threading.get_ident


class Step:
    """What a thread's loop does now: a step of a task, or a callback."""

    __slots__ = ("number", "task", "call", "again", "began", "cpu", "blocks",
                 "place", "told")

    def __init__(self, number, task=None, call=None):
        self.number, self.task, self.call = number, task, call
        self.again = self.blocks = self.told = False
        self.place = None  # where it was when it was seen to be slow
        self.cpu, self.began = time.thread_time_ns(), time.perf_counter_ns()

    def lasted(self):
        return time.perf_counter_ns() - self.began


class Waker:
    """A callback of asyncio's own, on behalf of the task that caused it."""

    __slots__ = ("number",)
    task = call = None

    def __init__(self, number):
        self.number = number


class Call:
    """A callback of the script's own, which is a lane."""

    __slots__ = ("number", "state", "handle")

    def __init__(self, number, state, handle):
        self.number, self.state, self.handle = number, state, handle


class Watch(Recorder):
    def __init__(self, out, files):
        super().__init__(out, types.SimpleNamespace(__file__=files.script))
        self.files = files
        self.stacks = {}  # thread → what its loop does, innermost last
        self.alive = {}  # id(task) → a reference, which tells of its death
        self.names = {}  # number → the name that was told
        self.new = set()  # numbers of tasks that have not run yet
        self.calls = {}  # id(handle) → Call
        self.causes = {}  # id(handle) of asyncio's own → number of the cause
        self.thread = self.stop = None  # which writes, and how it is ended
        self.paused = True  # until it begins
        self.top = None  # the code under which nothing belongs to a step

    # What is the user's own.

    def is_own(self, code):
        return self.files.shown(code.co_filename) != ""

    def shown(self, code):
        return self.files.shown(code.co_filename)

    def here(self, frame):
        """The place of the innermost frame that is the user's own."""
        while frame is not None and frame.f_code is not self.top:
            if self.is_own(frame.f_code):
                return self.place(frame.f_code, frame)
            frame = frame.f_back
        return ""

    # What is changed in asyncio.

    def install(self):
        init, cancel = events.Handle.__init__, events.Handle.cancel
        submit = ThreadPoolExecutor.submit
        soon = base_events.BaseEventLoop._call_soon.__code__

        def traced_init(handle, callback, args, loop, context=None):
            init(handle, callback, args, loop, context)
            caller = sys._getframe(1)
            if handle._source_traceback:  # without our frame
                handle._source_traceback = format_helpers.extract_stack(caller)
            try:
                self.made(handle, callback, caller, caller.f_code is soon)
            except Exception:
                pass

        def traced_cancel(handle):
            cancel(handle)
            try:
                self.causes.pop(id(handle), None)
                self.forget(id(handle))
            except Exception:
                pass

        def traced_submit(executor, function, /, *args, **kwargs):
            future = submit(executor, function, *args, **kwargs)
            try:
                self.handed(future, function, sys._getframe(1))
            except Exception:
                pass
            return future

        events.Handle._run = self.traced(events.Handle._run)
        self.top = events.Handle._run.__code__
        events.Handle.__init__ = traced_init
        events.Handle.cancel = traced_cancel
        ThreadPoolExecutor.submit = traced_submit

    def traced(self, run):
        """run, with ourselves before and after it, in the same frame.

        A function around it would be seen in tracebacks.
        """
        code = run.__code__
        try:
            lines, first = inspect.getsourcelines(run)
            tree = ast.parse("if 1:\n" + "".join(lines))  # columns stay
            ast.increment_lineno(tree, first - 2)
            function = tree.body[0].body[0]
            body = ast.parse("before(self)\ntry: pass\nfinally: after()").body
            for node in ast.walk(ast.Module(body, [])):
                if hasattr(node, "lineno"):
                    node.lineno = node.end_lineno = function.lineno
            body[1].body = function.body
            function.body = body
            maker = ast.parse("def maker(before, after): pass").body[0]
            maker.body = [function, ast.parse("return " + function.name).body[0]]
            compiled = compile(ast.Module([maker], []), code.co_filename, "exec")
            made = {}
            exec(compiled, vars(events), made)
            new = made["maker"](self.before, self.after)
            new.__code__ = new.__code__.replace(co_qualname=code.co_qualname)
            new.__qualname__ = run.__qualname__
            return new
        except (OSError, SyntaxError, IndexError):  # there is no source
            @functools.wraps(run)
            def traced_run(handle):
                self.before(handle)
                try:
                    run(handle)
                finally:
                    self.after()
            return traced_run

    # Handles: steps of tasks, the script's own callbacks, asyncio's.

    def now(self):
        """What the loop of this thread does; None is nothing, or unknown."""
        stack = self.stacks.get(get_ident())
        return stack[-1] if stack else None

    def made(self, handle, callback, caller, soon):
        """A handle has been made: its callback will be called."""
        now = self.now()
        by = ',"by":%d' % now.number if now else ""
        task = owner(callback)
        if task is None:
            if self.is_own_call(callback):
                self.make_call(handle, callback, caller, by)
            elif now and soon:
                self.causes[id(handle)] = now.number
            else:
                self.causes.pop(id(handle), None)
            return
        number, more = self.tasks.get(id(task)), by
        if number is None:
            number, more = self.meet(task, by, caller)
        if number == 0:
            return
        if now and now.task is task:
            now.again = True
        else:
            self.note("ready", number, more)

    def meet(self, task, by="", caller=None):
        """Number a task that is new, and say what is known of it."""
        coro, key = task.get_coro(), id(task)
        function = qualname(coro)
        number = 0 if is_loops(function) else self.new_number()
        self.tasks[key] = number
        self.alive[key] = weakref.ref(task, lambda _: self.lost(key, number))
        if number == 0:
            return 0, ""
        name = self.names[number] = name_of(task, function)
        self.new.add(number)
        more = ',"name":' + json.dumps(name)
        if name != function:
            more += ',"function":' + json.dumps(function)
        code = getattr(coro, "cr_code", None)
        if code is None or not self.is_own(code):
            more += ',"library":true'
        if caller is not None and is_new(coro):
            more += by + self.here(caller)
        return number, more

    def lost(self, key, number):
        """A task is no more, though it had not ended."""
        if self.tasks.get(key) == number:
            self.tasks.pop(key, None)
            self.alive.pop(key, None)
            self.names.pop(number, None)
            self.new.discard(number)
            if number:
                self.note("end", number)

    def before(self, handle):
        """A handle's callback will now be called."""
        ident = get_ident()
        if self.paused and self.start is not None:
            self.go_on()
        stack = self.stacks.get(ident)
        if stack is None:
            stack = self.stacks[ident] = []
        stack.append(None)
        try:
            stack[-1] = self.begin(handle)
        except Exception:
            pass

    def begin(self, handle):
        task = owner(handle._callback)
        if task is None:
            call = self.calls.get(id(handle))
            if call is not None:
                self.begin_call(handle, call)
                return Step(call.number, call=call)
            if isinstance(handle, events.TimerHandle):
                self.fires(handle)
            cause = self.causes.pop(id(handle), None)
            return None if cause is None else Waker(cause)
        number, more = self.tasks.get(id(task)), ""
        if number is None:
            number, more = self.meet(task)
        if number == 0:
            return None
        if number in self.new:
            self.new.discard(number)
            self.rename(number, task)
        self.lacking.discard(number)
        self.note("run", number, more)
        return Step(number, task)

    def after(self):
        """The callback has returned."""
        try:
            step = self.stacks[get_ident()].pop()
            if isinstance(step, Step):
                self.look(step, time.thread_time_ns)
                self.tell_slow(step)
                if step.task is None:
                    self.end_call(step)
                else:
                    self.end_step_of(step.number, step.task, step)
        except Exception:
            pass

    def end_step_of(self, number, task, step):
        self.rename(number, task)
        if task.done():
            self.note("end", number)
            self.tasks.pop(id(task), None)
            self.alive.pop(id(task), None)
            self.names.pop(number, None)
            self.lacking.discard(number)
        elif step.again:
            self.note("ready", number)
        elif number in self.lacking:
            self.note("wait", number, LACKS_THREAD + self.where_awaits(task))
            if number not in self.lacking:  # a thread has just begun
                self.note("wait", number, self.why(task))
        else:
            self.note("wait", number, self.why(task))

    def where_awaits(self, task):
        _, comma, where = self.why(task).partition(',"where"')
        return comma + where

    def rename(self, number, task):
        name = name_of(task, None)
        if name is not None and name != self.names.get(number):
            self.names[number] = name
            self.note("name", number, ',"name":' + json.dumps(name))

    # Callbacks of the script's own.

    def is_own_call(self, callback):
        code = getattr(unwrapped(callback), "__code__", None)
        return isinstance(code, types.CodeType) and self.is_own(code)

    def make_call(self, handle, callback, caller, by):
        kept = KEPT.get(caller.f_code.co_name)
        number, key = self.new_number(), id(handle)
        timer = isinstance(handle, events.TimerHandle)
        reason = "timer" if timer else kept
        state = f',"reason":"{reason}"' if reason else ""
        reference = weakref.ref(handle, lambda _: self.forget(key, number))
        self.calls[key] = Call(number, state if kept else None, reference)
        name = ',"name":' + json.dumps(qualname(unwrapped(callback)))
        self.note("wait" if reason else "ready", number,
                  name + state + by + self.here(caller))

    def begin_call(self, handle, call):
        if isinstance(handle, events.TimerHandle):
            late = handle._loop.time() - handle.when()
            if late >= LATE_SECONDS:
                due = time.perf_counter_ns() - int(late * 1e9)
                self.note("ready", call.number, at=due)
        self.note("run", call.number)

    def end_call(self, step):
        call = step.call
        if call.state is not None and id(call.handle()) in self.calls:
            self.note("wait", call.number, call.state)
        elif call.handle() is not None:
            self.forget(id(call.handle()), call.number)

    def forget(self, key, number=None):
        """A callback will not be called again."""
        call = self.calls.get(key)
        if call is None or number is not None and call.number != number:
            return
        del self.calls[key]
        self.note("end", call.number)

    # Threads.

    def handed(self, future, function, caller):
        """A function has been handed to a pool of threads."""
        now = self.now()
        if now is None or now.task is None:
            return
        code = getattr(function, "__code__", None)
        if isinstance(code, types.CodeType) and self.is_own(code):
            number = self.new_number()  # it has a lane of its own
            self.note("wait", number, ',"name":%s,"by":%d%s%s' % (
                json.dumps(qualname(function)), now.number, LACKS_THREAD,
                self.here(caller)))
            self.when_begun(future, lambda: self.note(
                "wait", number, ',"reason":"thread"'))
            future.add_done_callback(lambda _: self.note("end", number))
            return
        number, task = now.number, now.task
        self.lacking.add(number)

        def begun():
            if number in self.lacking:
                self.lacking.discard(number)
                if now not in self.all_now() and not task.done():
                    self.note("wait", number, self.why(task))
        self.when_begun(future, begun)

    def when_begun(self, future, call):
        """Call once when a thread begins with it, in whatever thread."""
        mark, once = future.set_running_or_notify_cancel, threading.Lock()

        def begun():
            if once.acquire(blocking=False):
                try:
                    call()
                except Exception:
                    pass

        def marked():
            future.__dict__.pop("set_running_or_notify_cancel", None)
            runs = mark()
            if runs:
                begun()
            return runs

        future.set_running_or_notify_cancel = marked
        if future.running() or future.done():
            begun()

    # Steps that take long.

    def all_now(self):
        return [s[-1] for s in list(self.stacks.values()) if s]

    def go_on(self):
        """Have a thread write what there is, and look at what lasts."""
        self.paused, self.thread = False, None
        self.stop = threading.Lock()
        self.stop.acquire()
        # Not a threading.Thread, which the script would see.
        _thread.start_new_thread(self.flush_always, (self.stop,))

    def pause(self):
        """End it, for a process that forks should have no other threads.

        When it has forked Python counts them, so it goes on a little later.
        """
        if self.paused:
            return
        self.paused = True
        self.stop.release()
        end = time.monotonic() + 1
        while self.is_there() and time.monotonic() < end:
            time.sleep(0.0002)
        self.flush()

    def is_there(self):
        """Whether the thread is, or is yet to come, as far as is known."""
        if self.thread is None or sys.platform != "linux":
            return self.thread is None
        return os.path.exists(f"/proc/self/task/{self.thread}")

    def flush_always(self, stop):
        self.thread = threading.get_native_id()
        main = threading.main_thread().ident
        if hasattr(time, "pthread_getcpuclockid"):
            self.clock = time.pthread_getcpuclockid(main)
        while not stop.acquire(timeout=FLUSH_SECONDS):
            try:
                for ident, stack in list(self.stacks.items()):
                    self.look_in(ident, stack[-1] if stack else None, ident == main)
            except Exception:
                pass
            self.flush()

    def look_in(self, ident, step, is_main):
        """Look at a step that goes on."""
        if not isinstance(step, Step) or step.lasted() < SLOW_SECONDS * 1e9:
            return
        if step.place is None:
            frame = sys._current_frames().get(ident)
            place = self.here(frame)
            if self.stacks[ident][-1:] != [step]:
                return  # it has ended meanwhile
            step.place = place
        if is_main and self.clock is not None:
            self.look(step, lambda: time.clock_gettime_ns(self.clock))
        if step.lasted() > ENDLESS_SECONDS * 1e9 and not step.told:
            step.told = True
            self.tell_slow(step)

    def look(self, step, cpu):
        """Say so, once, if the step blocks the loop."""
        lasted = step.lasted()
        if (not step.blocks and lasted > BLOCKING_SECONDS * 1e9
                and cpu() - step.cpu < BLOCKING_PART * lasted):
            step.blocks = True
            self.note("block", step.number, step.place or "")

    def tell_slow(self, step):
        lasted = step.lasted()
        if lasted > SLOW_SECONDS * 1e9:
            self.note("slow", step.number,
                      '%s,"took":%d' % (step.place or "", lasted))

    def finish(self):
        """The script has ended: nothing is noted after that."""
        self.start = None
        self.pause()
        self.flush()


def unwrapped(function):
    """The function that a partial one calls."""
    while isinstance(function, functools.partial):
        function = function.func
    return function


def qualname(called):
    """How a coroutine or a function is called."""
    name = getattr(called, "__qualname__", None)
    return name[:200] if isinstance(name, str) else type(called).__qualname__


def name_of(task, function):
    """A task's name if it has been given one, else its function's."""
    name = task.get_name()
    if not isinstance(name, str):
        return function
    start, _, number = name.partition("-")
    return function if start == "Task" and number.isdigit() else name[:200]


def is_loops(function):
    """Whether it is a task of the loop's own, as when asyncio.run ends."""
    owner, _, name = function.partition(".")
    return (owner.startswith("Base") and owner.endswith("EventLoop")
            and name.startswith(("_", "shutdown_")))


def is_new(coro):
    """Whether it has not begun: its task has just been made."""
    try:
        return inspect.getcoroutinestate(coro) == inspect.CORO_CREATED
    except AttributeError:
        return False
