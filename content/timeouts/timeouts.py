"""Give work a limit: work that blocks, and work that awaits."""

import asyncio
import json
import socket
import sys
import time
from urllib.parse import urlsplit


def over(name):
    """Say that the limit is over."""
    print(name, "is over")


async def deaf_report(name, work):
    """Take a while, and await nothing meanwhile."""
    time.sleep(work)


async def deaf(*, limit=1.0, work=3.0):
    """Give the report a limit, round a time.sleep."""
    loop = asyncio.get_running_loop()
    loop.call_later(limit, over, "limit")
    try:
        async with asyncio.timeout(limit):
            await deaf_report("report", work)
    except TimeoutError:
        print("report: TimeoutError")
    else:
        print("report: done")


async def report(name, work):
    """Take a while, and await it."""
    await asyncio.sleep(work)


async def listening(*, limit=1.0, work=3.0):
    """Give the report a limit, round an await."""
    loop = asyncio.get_running_loop()
    loop.call_later(limit, over, "limit")
    try:
        async with asyncio.timeout(limit):
            await report("report", work)
    except TimeoutError:
        print("report: TimeoutError")
    else:
        print("report: done")


async def get(name, page, limit):
    """Ask for a page; a limit of None is none."""
    url = urlsplit(page)
    reader, writer = await asyncio.open_connection(
        url.hostname, url.port)
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    try:
        async with asyncio.timeout(limit):
            await reader.readline()
        print(f"{name}: done")
    except TimeoutError:
        print(f"{name}: gave up")
    except asyncio.CancelledError:
        print(f"{name}: waits on")
        raise
    finally:
        writer.close()


async def client(*, page, limit=1.0, work=3.0):
    """Ask a server that never answers, and twice."""
    try:
        async with (asyncio.timeout(work),
                    asyncio.TaskGroup() as group):
            group.create_task(get("timeout", page, limit))
            group.create_task(get("neither", page, None))
    except TimeoutError:
        pass  # the lesson is over


def main():
    """Time all three; settings go behind: timeouts.py work=2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    silent = socket.create_server(("127.0.0.1", 0))  # never accepts
    page = "http://127.0.0.1:%d" % silent.getsockname()[1]
    for variant in deaf, listening, client:
        more = {"page": page} if variant is client else {}
        start = time.perf_counter()
        asyncio.run(variant(**settings, **more))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
