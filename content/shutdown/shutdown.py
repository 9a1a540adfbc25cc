"""A server is told to stop while it has requests."""

import asyncio
import json
import os
import signal
import sys
import time
from contextlib import suppress


def sigterm():
    """Make an event that the signal sets."""
    told = asyncio.Event()
    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, told.set)
    return told


async def answer(*, reader, writer, each):
    """Answer a request, which takes a time."""
    try:
        await asyncio.sleep(each)
        writer.write(b"done\n")
        writer.write_eof()
        await reader.read()  # until the client is gone
    finally:
        writer.close()


async def shutdown(name, server, requests, limit):
    """Let nobody in, and wait for who is in."""
    server.close()
    with suppress(TimeoutError):  # who is left is cancelled
        async with asyncio.timeout(limit):
            await asyncio.gather(
                *requests, return_exceptions=True)


async def drain(*, inflight=3, each=1, at=0.5, late=0.8,
                limit=2):
    """Return when the requests are answered."""
    told = sigterm()
    server, requests, others = await begin(
        told=told, inflight=inflight, each=each,
        at=at, late=late)
    await told.wait()
    print("the signal comes")
    await shutdown("shutdown", server, requests, limit)
    await end(requests=requests, others=others)


async def abrupt(*, inflight=3, each=1, at=0.5,
                 late=0.8, limit=2):
    """Return when nobody is let in any more."""
    told = sigterm()
    server, requests, others = await begin(
        told=told, inflight=inflight, each=each,
        at=at, late=late)
    await told.wait()
    print("the signal comes")
    server.close()
    await end(requests=requests, others=others)


# What is outside of the server: its clients, and who sends
# it the signal.


async def begin(*, told, inflight, each, at, late):
    """Listen, have the clients come, and the signal."""
    requests = set()

    def connected(reader, writer):
        requests.add(asyncio.create_task(answer(
            reader=reader, writer=writer, each=each)))

    server = await asyncio.start_server(
        connected, "127.0.0.1", 0, backlog=1000)
    address = server.sockets[0].getsockname()
    comes = [0] * inflight + [late]
    others = [asyncio.create_task(
        coming(name=f"request {n}", address=address, at=when))
        for n, when in enumerate(comes, 1)]
    others.append(asyncio.create_task(kill("signal", at, told)))
    return server, requests, others


async def kill(name, at, told):
    """Send the signal; Windows has none to send."""
    await asyncio.sleep(at)
    if sys.platform == "win32":
        told.set()
    else:
        os.kill(os.getpid(), signal.SIGTERM)


async def coming(*, name, address, at):
    """Come at a time, with a request."""
    await asyncio.sleep(at)
    await request(name, address)


async def request(name, address):
    """A client. It says what came of its request."""
    try:
        reader, writer = await asyncio.open_connection(*address)
    except ConnectionError:
        print(name, "is refused")
        return
    except OSError:
        print(name, "fails: too many open files")
        return
    answered = await reader.readline()
    print(name, "is answered" if answered else "is lost")
    writer.close()


async def end(*, requests, others):
    """Do what asyncio.run does at the end of main."""
    print("main returns")
    await asyncio.sleep(0)  # none is cancelled before it began
    for task in requests:
        task.cancel()
    await asyncio.gather(
        *requests, *others, return_exceptions=True)


def main():
    """Time both; settings behind: shutdown.py each=2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in drain, abrupt:
        start = time.perf_counter()
        asyncio.run(variant(**settings))
        took = time.perf_counter() - start
        print(f"{variant.__name__} took {took:.2f} s\n")


if __name__ == "__main__":
    main()
