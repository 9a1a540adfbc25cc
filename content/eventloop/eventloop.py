"""Three timers fire: one after the other, and on an event loop."""

import asyncio
import json
import sys
import time


def fire(name, seconds, start):
    """Say when a timer was due and when it fired."""
    after = round(time.monotonic() - start, 2)
    print(f"{name} set for {duration(seconds)}, "
          f"fired after {duration(after)}")


async def wait(name, seconds, start):
    """Sleep until the timer is due and fire it."""
    await asyncio.sleep(seconds)
    fire(name, seconds, start)


async def sequential(*, a=1.0, b=2.0, c=3.0):
    """Wait for one timer, then for the next."""
    start = time.monotonic()
    await wait("a", a, start)
    await wait("b", b, start)
    await wait("c", c, start)


async def concurrent(*, a=1.0, b=2.0, c=3.0):
    """Wait for all three at once."""
    start = time.monotonic()
    async with asyncio.TaskGroup() as group:
        group.create_task(wait("a", a, start))
        group.create_task(wait("b", b, start))
        group.create_task(wait("c", c, start))


async def loop(*, a=1.0, b=2.0, c=3.0):
    """Hand asyncio's own loop three callbacks."""
    start = time.monotonic()
    running = asyncio.get_running_loop()
    running.call_later(a, fire, "a", a, start)
    running.call_later(b, fire, "b", b, start)
    running.call_later(c, fire, "c", c, start)
    await asyncio.sleep(max(a, b, c))


def fire_and_block(name, seconds, start, block):
    """Fire, then do what no callback must: block."""
    fire(name, seconds, start)
    time.sleep(block)


async def blocked(*, a=1.0, b=2.0, c=3.0, block=3.0):
    """Like loop, but the first callback blocks it."""
    start = time.monotonic()
    running = asyncio.get_running_loop()
    running.call_later(
        a, fire_and_block, "a", a, start, block)
    running.call_later(b, fire, "b", b, start)
    running.call_later(c, fire, "c", c, start)
    await asyncio.sleep(max(a, b, c))


def duration(seconds):
    """Write seconds as Go does: 2s, 1.5s, 700ms."""
    if 0 < seconds < 1:
        return f"{seconds * 1000:g}ms"
    return f"{seconds:g}s"


def main():
    """Time all four; settings go behind: eventloop.py a=0.5"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in sequential, concurrent, loop, blocked:
        used = {name: settings.get(name, default) for name, default
                in variant.__kwdefaults__.items()}
        start = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
