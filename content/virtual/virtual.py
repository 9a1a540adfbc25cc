"""Test what waits an hour: for real, and on a loop that jumps."""

import asyncio
import json
import selectors
import socketserver
import sys
import threading
import time


async def backup(name, wait):
    """Wait, and make a backup: this is to be tested."""
    await asyncio.sleep(wait)
    print(name, "made")


async def real(*, short=1.0):
    """Test it with a wait that is short enough."""
    start = asyncio.get_running_loop().time()
    await backup("backup", short)
    passed(start)


def passed(start):
    """Say how much time has passed, by the loop's clock."""
    now = asyncio.get_running_loop().time()
    print(f"by its clock: {now - start:g} s")


def jumping_loop():
    """A loop that does not wait for a time: its clock jumps."""
    selector = selectors.DefaultSelector()
    loop = asyncio.SelectorEventLoop(selector)
    now, select = 0.0, selector.select

    def jump(timeout=None):
        nonlocal now
        if timeout is None:  # nobody waits for a time
            return select()
        ready = select(0)
        if not ready:
            now += timeout
        return ready

    selector.select, loop.time = jump, lambda: now
    return loop


def run_on(*, loop, test):
    """Run a test on a loop of that kind."""
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(test)


async def test_backup(*, wait):
    """What real does, with the whole wait."""
    start = asyncio.get_running_loop().time()
    await backup("backup", wait)
    passed(start)


async def virtual(*, wait=3600.0):
    """Run the test in a thread: this loop is real."""
    await asyncio.to_thread(
        run_on, loop=jumping_loop, test=test_backup(wait=wait))


async def ask(name, address, short):
    """Ask a server that answers after a short while."""
    host, port = address.rsplit(":", 1)
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"{short}s\n".encode())
    await reader.readline()
    writer.close()
    print(name, "there")


async def test_socket(*, address, wait, short):
    """Wait for a backup and a server, at the same time."""
    start = asyncio.get_running_loop().time()
    async with asyncio.TaskGroup() as group:
        group.create_task(backup("backup", wait))
        await ask("answer", address, short)
        passed(start)


async def socket(*, address, wait=3600.0, short=1.0):
    """Run the test in a thread: this loop is real."""
    test = test_socket(address=address, wait=wait, short=short)
    await asyncio.to_thread(
        run_on, loop=jumping_loop, test=test)


class Late(socketserver.StreamRequestHandler):
    """Answers after as long as it is asked to."""

    def handle(self):
        time.sleep(float(self.rfile.readline().strip(b"s\n")))
        self.wfile.write(b"here\n")


def main():
    """Time all three; settings go behind: virtual.py short=0.5"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    late = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Late)
    late.daemon_threads = True
    threading.Thread(target=late.serve_forever, daemon=True).start()
    settings["address"] = "127.0.0.1:%d" % late.server_address[1]
    takes = {real: ["short"], virtual: ["wait"],
             socket: ["address", "wait", "short"]}
    for variant, names in takes.items():
        used = {n: settings[n] for n in names if n in settings}
        start = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
