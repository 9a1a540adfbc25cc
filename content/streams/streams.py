"""A server is silent, and its client waits for it."""

import asyncio
import json
import sys
import time
from contextlib import suppress


def connect(address, **more):
    """Begin to connect; await what this returns."""
    host, port = address.rsplit(":", 1)
    return asyncio.open_connection(host, port, **more)


async def ask(name, reader, writer):
    """Ask for a price, and wait for the answer."""
    writer.write(b"price\n")
    line = await reader.readline()
    print(name, "hears:", line.decode().strip())


async def context(*, address, limit=0.3):
    """End the wait after the limit."""
    reader, writer = await connect(address)
    try:
        async with asyncio.timeout(limit):
            await ask("client", reader, writer)
    except TimeoutError:
        print("client gives up: TimeoutError")
    finally:
        writer.close()


async def count(name, reader, writer):
    """Send three lines, and hear how many there were."""
    writer.write(b"count\na\nb\nc\n")
    writer.write_eof()
    line = await reader.readline()
    print(name, "hears:", line.decode().strip())


async def halfclose(*, address):
    """Close one direction, and go on reading."""
    reader, writer = await connect(address)
    try:
        await count("client", reader, writer)
    finally:
        writer.close()


async def read(name, reader, writer, size):
    """Read a log whose second line has size bytes."""
    writer.write(f"log {size}\n".encode())
    n, error = 0, None
    try:
        while await reader.readline():
            n += 1
    except ValueError:
        error = "ValueError"
    print("lines read:", n)
    if error:
        print(name, "gives up:", error)


async def longline(*, address, size=70000):
    """Take a StreamReader as it is."""
    reader, writer = await connect(address)
    try:
        await read("client", reader, writer, size)
    finally:
        writer.close()


async def roomy(*, address, size=70000):
    """Allow lines of up to a megabyte."""
    reader, writer = await connect(address, limit=2**20)
    try:
        await read("client", reader, writer, size)
    finally:
        writer.close()


# What follows is not the lesson: a server of its own, for
# when this file runs by itself.


async def serve(silent):
    """Answer as the lesson's server does."""
    async def answer(reader, writer):
        asked, *size = (await reader.readline()).split()
        lines = 0
        while asked == b"count" and await reader.readline():
            lines += 1
        with suppress(asyncio.CancelledError):  # at the end
            await asyncio.sleep(silent)
        match asked:
            case b"price":
                writer.write(b"it costs 42\n")
            case b"count":
                writer.write(b"there were %d\n" % lines)
            case b"log":
                long = b"." * int(size[0])
                writer.write(b"short\n%s\nlast\n" % long)
        writer.close()
    return await asyncio.start_server(answer, "127.0.0.1", 0)


async def timed(variant, silent, settings):
    """Run a variant beside a server, and time it."""
    server = await serve(silent)
    host, port = server.sockets[0].getsockname()
    start = time.perf_counter()
    await variant(address=f"{host}:{port}", **settings)
    took = time.perf_counter() - start
    print(f"{variant.__name__} took {took:.2f} s\n")


def main():
    """Time all; settings behind: streams.py silent=0.2"""
    words = (word.split("=") for word in sys.argv[1:])
    given = {name: json.loads(value) for name, value in words}
    silent = given.pop("silent", 1)
    for variant in context, halfclose, longline, roomy:
        taken = variant.__kwdefaults__ or {}
        settings = {name: value for name, value in given.items()
                    if name in taken}
        asyncio.run(timed(variant, silent, settings))


if __name__ == "__main__":
    main()
