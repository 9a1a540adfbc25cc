"""Lets a script of the user's own tell what its asyncio tasks do.

The script is run by Python itself, not by us, so that all is as ever: its
tracebacks, its exit status, its __main__. This file stands in the folder
that comes first on PYTHONPATH, as sitecustomize.py, which Python imports
before it runs anything. It undoes what brought it here, waits for the
start, and has asyncio watched (see watch.py) once the script imports it.
Until then it imports nothing that the script's own modules may hide.

GOSYNCIO_PIPES names two descriptors, on Windows handles. On the first go
JSON lines: "prepared", what each task does, "done". On the second comes
the line "start". Times are nanoseconds since then.
"""

import atexit
import os
import sys
import time

PLACE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.dirname(PLACE)
PIPES = "GOSYNCIO_PIPES"
HIGH = 200  # a number from which on a script's own descriptors hardly come


class Pipe:
    """Where events go, as long as the descriptor is ours."""

    def __init__(self, fd):
        self.fd, self.file = fd, os.fstat(fd)

    def write(self, text):
        data = text.encode()
        try:
            # The script may have closed all that it has not opened.
            while data and os.path.samestat(os.fstat(self.fd), self.file):
                data = data[os.write(self.fd, data):]
        except OSError:
            pass  # nobody listens

    def flush(self):
        pass

    def close(self):
        try:
            if os.path.samestat(os.fstat(self.fd), self.file):
                os.close(self.fd)
        except OSError:
            pass
        self.fd = -1


class Files:
    """Which files are the user's own, and how they are called."""

    def __init__(self, script):
        self.script = script
        # Python looks for modules where a link leads to.
        self.folders = [os.path.dirname(os.path.realpath(script)), os.path.dirname(script)]
        self.library = os.path.dirname(os.path.abspath(os.__file__))
        self.names = {}  # file name → how it is called; "" is not the user's

    def shown(self, name):
        shown = self.names.get(name)
        if shown is None:
            shown = self.names[name] = self.look_at(name)
        return shown

    def look_at(self, name):
        if name.startswith("<"):  # frozen, or made from a string
            return ""
        path = os.path.abspath(name)
        if within(path, FOLDER):
            return ""
        under = ""
        for folder in self.folders:
            if within(path, folder):
                under = path[len(folder):].lstrip(os.sep)
        if within(path, self.library) and not within(self.script, self.library):
            return ""
        parts = (under or path).split(os.sep)
        if "site-packages" in parts or "dist-packages" in parts:
            return ""
        return under.replace(os.sep, "/") or parts[-1]


def within(path, folder):
    return path.startswith(folder.rstrip(os.sep) + os.sep)


class Finder:
    """Has asyncio watched when it is imported, and is gone by then."""

    def __init__(self, imported):
        self.imported = imported

    def find_spec(self, name, path=None, target=None):
        if name != "asyncio":
            return None
        sys.meta_path.remove(self)
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                self.follow(spec.loader)
                return spec
        return None

    def follow(self, loader):
        execute = loader.exec_module

        def exec_module(module):
            del loader.exec_module
            execute(module)
            self.imported()

        try:
            loader.exec_module = exec_module
        except AttributeError:
            pass  # a loader of its own kind: then it is not watched


class Program:
    """The run of the script, from the start to the end."""

    def __init__(self, out, files):
        self.out, self.files = out, files
        self.watch = None  # once there is asyncio
        self.gone = False  # this is another process
        self.resident, self.before = memory("VmRSS:"), cpu_time()
        self.start = time.perf_counter_ns()
        atexit.register(self.finish)  # the first: it is called last
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self.forks, after_in_child=self.is_fork)
        if "asyncio" in sys.modules:
            self.imported()
        else:
            sys.meta_path.insert(0, Finder(self.imported))

    def imported(self):
        """Asyncio is there: watch it. What fails must not be seen."""
        if self.gone:
            return
        path, known = sys.path[:], set(sys.modules)
        cached = set(sys.path_importer_cache)
        dynamic = [p for p in path if os.path.basename(p) == "lib-dynload"]
        try:
            sys.path[:] = [FOLDER, self.files.library, *dynamic]
            from watch import Watch
            watch = Watch(self.out, self.files)
            watch.install()
            watch.start, self.watch = self.start, watch
            watch.go_on()
        except Exception:
            pass
        finally:
            sys.path[:] = path
            for folder in set(sys.path_importer_cache) - cached:
                del sys.path_importer_cache[folder]
            for name in set(sys.modules) - known:
                if not name.startswith(("asyncio", "concurrent")):
                    del sys.modules[name]  # the script may have one of its own

    def finish(self):
        elapsed, cpu = time.perf_counter_ns() - self.start, cpu_time() - self.before
        peak = peak_memory()
        taken = max(0, peak - self.resident) if self.resident else 0
        if self.watch is not None:
            self.watch.finish()
        self.out.write(
            '{"event":"done","elapsed_ns":%d,"cpu_ns":%d,"max_rss_bytes":%d,'
            '"memory_bytes":%d,"error":%s}\n'
            % (elapsed, cpu, peak, taken, quoted(self.describe())))
        self.out.close()

    def forks(self):
        if self.watch is not None:
            self.watch.pause()

    def is_fork(self):
        """In a process that was forked off: it is not watched."""
        self.gone = True
        atexit.unregister(self.finish)
        self.out.close()
        if self.watch is not None:
            self.watch.start = None

    def describe(self):
        """What the script died of, in one line, with its place; else ""."""
        error = getattr(sys, "last_exc", None) or getattr(sys, "last_value", None)
        if not isinstance(error, BaseException):
            return ""
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]  # the first says more than their group
        try:
            text = str(error).strip().split("\n")[0]
        except Exception:
            text = ""
        where, traceback = "", error.__traceback__
        while traceback is not None:
            name = self.files.shown(traceback.tb_frame.f_code.co_filename)
            if name:
                where = "%s:%d: " % (name, traceback.tb_lineno)
            traceback = traceback.tb_next
        return where + type(error).__name__ + (": " + text if text else "")


def quoted(text):
    """Text in JSON."""
    try:
        from _json import encode_basestring_ascii
    except ImportError:
        return '""'
    return encode_basestring_ascii(text)


def memory(name):
    """What the system says of our memory, in bytes; 0 is unknown."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith(name):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
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


def noted(name):
    """What the parent has written down for us; None is nothing."""
    try:
        with open(os.path.join(PLACE, name), "rb") as file:
            return os.fsdecode(file.read())
    except OSError:
        return None


def forget_folder(folder):
    sys.path[:] = [p for p in sys.path if p != folder]
    sys.path_importer_cache.pop(folder, None)


def own_pipes():
    """The descriptors, which no process of the script's gets."""
    events, control = [int(n) for n in os.environ.pop(PIPES).split(",")]
    if sys.platform == "win32":
        import msvcrt
        events = msvcrt.open_osfhandle(events, os.O_BINARY)
        control = msvcrt.open_osfhandle(control, os.O_RDONLY | os.O_BINARY)
    for fd in events, control:
        os.set_inheritable(fd, False)
    try:
        import fcntl
        high = fcntl.fcntl(events, fcntl.F_DUPFD_CLOEXEC, HIGH)
    except (ImportError, OSError):
        return events, control
    os.close(events)  # its number is free, as it would be without us
    return high, control


def wait_for_start(control):
    line = b""
    try:
        while not line.endswith(b"\n"):
            read = os.read(control, 1)
            if not read:
                break
            line += read
    except KeyboardInterrupt:
        os._exit(130)
    os.close(control)
    return line == b"start\n"


def next_sitecustomize():
    """Import the one that would have been imported without us."""
    ours = sys.modules.pop("sitecustomize")
    try:
        import sitecustomize
    except BaseException:
        sys.modules["sitecustomize"] = ours  # who imports it takes it away
        raise


def main():
    script, path = noted("script"), noted("pythonpath")
    forget_folder(PLACE)
    if PIPES in os.environ and script in sys.orig_argv[1:]:
        if path is None:
            os.environ.pop("PYTHONPATH", None)
        else:
            os.environ["PYTHONPATH"] = path
        events, control = own_pipes()
        out = Pipe(events)
        out.write('{"event":"prepared","python":"%d.%d.%d"}\n' % sys.version_info[:3])
        if not wait_for_start(control):
            os._exit(1)  # the parent gave up
        if noted("lines") is not None:
            sys.stdout.reconfigure(line_buffering=True)
        Program(out, Files(os.path.abspath(script)))
    # Else it is a wrapper's Python, which starts another one.
    next_sitecustomize()


main()
