"""Runs one variant of a lesson and tells what asyncio does meanwhile.

The first line on stdin is a JSON object: the lesson's module, the
variant's function and its keyword arguments. When all is set up the
harness says that it is prepared and waits for the start line. The end of
stdin asks it to stop.

On stdout go JSON lines: "prepared", what each task does (see recorder.py),
"done". What the lesson prints goes to stderr. Times are nanoseconds since
the start.
"""

import asyncio
import importlib
import inspect
import json
import logging
import os
import re
import signal
import sys
import threading
import time
import traceback
import warnings

OURS = ("harness.py", "recorder.py")
FOLDER = os.path.dirname(os.path.abspath(__file__))
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)  # a wrapper may keep it out

from probe import explained
from recorder import Recorder


def memory(name):
    """What the system says of our memory, in bytes; 0 is unknown."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith(name):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def peak_memory():
    """The peak of resident memory in bytes; 0 is unknown."""
    if peak := memory("VmHWM:"):
        return peak
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def cpu_time():
    """User and system time, with that of children that have ended."""
    spent = os.times()
    return time.process_time_ns() + int(
        (spent.children_user + spent.children_system) * 1e9)


def describe(error, file):
    """An error in one line, with its place in the lesson's file."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]  # the first says more than their group
    text = str(error).strip().split("\n")[0]
    text = type(error).__name__ + (": " + text if text else "")
    if better := explained(error):
        text = f"{better} ({text})"
    where, frame = "", error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == file:
            where = f"{os.path.basename(file)}:{frame.tb_lineno}: "
        frame = frame.tb_next
    return where + text


def show_warning(message, category, filename, lineno, file=None, line=None):
    """A warning without the path of a folder that is soon gone."""
    name = os.path.basename(filename)
    text = f"{name}:{lineno}: {category.__name__}: {message}\n"
    (file or sys.stderr).write(text)


class LogFormatter(logging.Formatter):
    """What asyncio logs, without us: our frames, and our folder."""

    def format(self, record):
        text = super().format(record).replace(FOLDER + os.sep, "")
        return re.sub(r", defined at recorder\.py:\d+", "", text)

    def formatException(self, exc_info):
        told = traceback.TracebackException(*exc_info)
        told.stack = traceback.StackSummary.from_list(
            [frame for frame in told.stack
             if os.path.dirname(frame.filename) != FOLDER
             or os.path.basename(frame.filename) not in OURS])
        return "".join(told.format()).rstrip()


def own_streams():
    """Keep stdout for events; what is printed goes to stderr."""
    out = open(os.dup(1), "w", encoding="utf-8", newline="\n")
    out.write("\n")  # others may have left the line without an end
    for stream in sys.stdout, sys.stderr:
        try:
            stream.flush()
        except Exception:
            pass  # the site has put something else in its place
    os.dup2(2, 1)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__ = [
        open(fd, "w", buffering=1, encoding="utf-8",
             errors="backslashreplace", closefd=False) for fd in (1, 2)]
    return out


def own_defaults():
    """Undo what the site, or a wrapper, has made of Python's defaults."""
    os.environ.pop("PYTHONASYNCIODEBUG", None)  # for loops of the lesson's own
    warnings.resetwarnings()
    for category in (DeprecationWarning, PendingDeprecationWarning,
                     ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)
    warnings.showwarning = show_warning
    logging.root.handlers.clear()
    logging.root.setLevel(logging.WARNING)
    logging.lastResort.setFormatter(LogFormatter())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # new Pythons would do without it
        if hasattr(asyncio, "set_event_loop_policy"):
            asyncio.set_event_loop_policy(None)


def own_cpus(number):
    """Let Python see the CPUs that are there.

    By itself it sees those of the machine, or the process's, whatever the
    quota, and sizes its pools by them. Since 3.13 PYTHON_CPU_COUNT
    does the same.
    """
    os.cpu_count = os.process_cpu_count = lambda: number


def stop_with_stdin(finish):
    """Wait for the end of stdin, then end the process."""
    while os.read(0, 1024):
        pass
    try:
        finish("stopped")
    except OSError:
        pass  # who should have read it is gone
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def main():
    out = own_streams()
    own_defaults()
    request = json.loads(sys.stdin.buffer.readline())
    own_cpus(request["cpus"])
    if request["measured"]:  # what the lesson prints goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdout.reconfigure(line_buffering=False)
    file = os.path.join(FOLDER, request["module"] + ".py")
    runner = asyncio.Runner(debug=False)
    try:
        module = importlib.import_module(request["module"])
        variant = getattr(module, request["variant"])
        runner.get_loop()
    except BaseException as error:
        json.dump({"event": "done", "error": describe(error, file)}, out)
        out.write("\n")
        out.flush()
        return 1
    accepted = inspect.signature(variant).parameters
    arguments = {name: value for name, value in request["arguments"].items()
                 if name in accepted}
    recorder = Recorder(out, module)
    if request["traced"]:
        recorder.instrument(module)
        recorder.install()
    once = threading.Lock()

    def finish(error):
        if not once.acquire(blocking=False):
            return
        elapsed, cpu = time.perf_counter_ns() - start, cpu_time() - before
        peak = peak_memory()
        taken = max(0, peak - resident) if resident else 0
        recorder.flush()
        recorder.send(event="done", elapsed_ns=elapsed, cpu_ns=cpu,
                      max_rss_bytes=peak, memory_bytes=taken, error=error)

    with runner:
        # What comes before on stderr was not printed by the lesson.
        os.write(2, f"\n{request['quiet']}\n".encode())
        recorder.send(event="prepared", python="%d.%d.%d" % sys.version_info[:3])
        if sys.stdin.buffer.readline() != b"start\n":
            return 1  # the parent gave up
        error, resident, before = "", memory("VmRSS:"), cpu_time()
        start = time.perf_counter_ns()
        try:
            if request["traced"]:
                threading.Thread(target=recorder.flush_always,
                                 daemon=True).start()
            threading.Thread(target=stop_with_stdin, args=[finish],
                             daemon=True).start()
            recorder.start = start = time.perf_counter_ns()
            runner.run(variant(**arguments))
        except BaseException as raised:
            error = describe(raised, module.__file__)
        finish(error)
        recorder.start = None
    return 1 if error else 0


if __name__ == "__main__":
    code = main()
    for stream in sys.stdout, sys.stderr:
        stream.flush()
    os._exit(code)  # without waiting for threads that were left behind
