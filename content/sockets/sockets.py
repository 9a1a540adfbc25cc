"""Clients of an echo server: one by one, all at once."""

import asyncio
import errno
import json
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from importlib.util import find_spec


def connect(address):
    """Begin to connect; await what this returns."""
    host, port = address.rsplit(":", 1)
    return asyncio.open_connection(host, port)


async def speak(name, reader, writer, pause):
    """Pause, say the client's name, and hear it again."""
    await asyncio.sleep(pause)
    writer.write(f"{name}\n".encode())
    heard = (await reader.readline()).decode()
    if heard != f"{name}\n":
        raise RuntimeError(f"no echo for {name}: {heard!r}")


async def visit(name, address, pause):
    """Connect, speak, and leave."""
    reader, writer = await connect(address)
    try:
        await speak(name, reader, writer, pause)
    finally:
        writer.close()
        await writer.wait_closed()


@contextmanager
def open_files(clients):
    """Let that many be open, or say why they cannot be."""
    limit = allow_files(clients + 64)
    try:
        yield
    except OSError as error:
        raise explained(error, clients, limit) from None


async def sequential(*, address, clients=2000, pause=0.001):
    """Have one connection open at a time."""
    with open_files(clients):
        for n in range(1, clients + 1):
            await visit(f"client {n}", address, pause)
    print("connections open at once: 1")
    print("threads:", threads())
    print("echoes heard:", clients)


class Crowd:
    """What the clients of concurrent share."""

    def __init__(self):
        self.door = asyncio.Semaphore(50)  # may connect
        self.opened = asyncio.Queue()  # who could connect
        self.turn = asyncio.Event()  # all may speak


async def join(name, address, pause, crowd):
    """Connect, wait for the others, speak, and leave."""
    try:
        async with crowd.door:
            reader, writer = await connect(address)
    except OSError:
        crowd.opened.put_nowait(False)
        raise
    crowd.opened.put_nowait(True)
    try:
        await crowd.turn.wait()
        await speak(name, reader, writer, pause)
    finally:
        writer.close()
        await writer.wait_closed()


async def concurrent(*, address, clients=2000, pause=0.001):
    """Have all connections open at once."""
    with open_files(clients):
        before = resident()
        crowd = Crowd()
        tasks = [
            asyncio.create_task(
                join(f"client {n}", address, pause, crowd))
            for n in range(1, clients + 1)]
        opened = 0
        for _ in range(clients):
            opened += await crowd.opened.get()
        print("connections open at once:", opened)
        print("memory per connection:",
              share(before, resident(), opened))
        print("threads:", threads())
        crowd.turn.set()
        results = await asyncio.gather(
            *tasks, return_exceptions=True)
        for error in filter(None, results):
            raise error
    print("echoes heard:", clients)


# What follows is not the lesson: it measures, deals with
# limits of the system, and lets this file run by itself.

if sys.platform == "linux":
    import resource

    def resident():
        """Return how many bytes of memory we have."""
        try:
            with open("/proc/self/statm") as statm:
                pages = int(statm.read().split()[1])
        except OSError:
            return 0
        return pages * resource.getpagesize()

    def share(before, after, n):
        """Return what each of n connections takes of it."""
        if not before or not after:
            return "unknown"
        if n < 100:
            return "unknown with fewer than 100"
        each = max(0, after - before) // n
        return f"{(each + 500) // 1000} KB"

    def threads():
        """Return how many threads we have."""
        try:
            with open("/proc/self/status") as status:
                found = re.search(r"Threads:\s*(\d+)",
                                  status.read())
        except OSError:
            return threading.active_count()
        return int(found[1])

else:

    def resident():
        """It cannot be told here."""

    def share(before, after, n):
        """It cannot be told here."""
        return "unknown"

    def threads():
        """Return how many threads Python knows of."""
        return threading.active_count()


if find_spec("resource"):  # there is none on Windows
    import resource

    def explained(error, clients, limit):
        """Say what to do about a limit of the system's."""
        if error.errno == errno.EMFILE:
            return RuntimeError(
                f"a process may have {limit} files open "
                f"here, too few for {clients} clients: "
                "raise the limit with ulimit -n, "
                "or choose fewer clients")
        if error.errno == errno.EADDRNOTAVAIL:
            return RuntimeError(
                f"no free port for one more of {clients} "
                "connections: choose fewer clients, "
                "or try again in a minute")
        return error

    def allow_files(number):
        """Raise the limit on open files, as Go does."""
        files = resource.RLIMIT_NOFILE
        soft, hard = resource.getrlimit(files)
        if hard != resource.RLIM_INFINITY:
            number = min(number, hard)
        if soft != resource.RLIM_INFINITY and soft < number:
            with suppress(OSError, ValueError):
                resource.setrlimit(files, (number, hard))
        return resource.getrlimit(files)[0]

else:

    def explained(error, clients, limit):
        """Windows has no such limits."""
        return error

    def allow_files(number):
        """There is nothing to raise."""


async def echo(reader, writer):
    """Send back what comes until the client leaves."""
    while line := await reader.read(64):
        writer.write(line)
    writer.close()


async def serve():
    """Echo to all, until standard input ends."""
    server = await asyncio.start_server(
        echo, "127.0.0.1", 0, backlog=1000)
    host, port = server.sockets[0].getsockname()
    print(f"{host}:{port}", flush=True)
    await asyncio.to_thread(sys.stdin.read)


def main():
    """Time both; settings behind: sockets.py clients=9"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value)
                for name, value in words}
    clients = settings.get("clients", 2000)
    limit = allow_files(clients + 64)
    if limit and 0 < limit < clients + 64:
        error = OSError(errno.EMFILE, "too many")
        sys.exit(str(explained(error, clients, limit)))
    server = subprocess.Popen(
        [sys.executable, "-Bc", "import asyncio, sockets; "
         "asyncio.run(sockets.serve())"],
        cwd=sys.path[0], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    address = server.stdout.readline().strip()
    try:
        for variant in sequential, concurrent:
            start = time.perf_counter()
            asyncio.run(
                variant(address=address, **settings))
            took = time.perf_counter() - start
            print(f"{variant.__name__} took {took:.2f} s\n")
    except RuntimeError as error:
        sys.exit(f"sockets.py: {error}")
    finally:
        server.communicate()


if __name__ == "__main__":
    main()
