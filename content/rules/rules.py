"""A small program for each thing to remember."""

import asyncio
import json
import sys
import time
from hashlib import sha256


async def pause(name, seconds):
    """Wait, and say so also if cancelled."""
    print(f"{name} waits")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{name} is cancelled")
        raise
    print(f"{name} goes on")


async def begin(*, delay):
    """Return while a task is left over."""
    task = asyncio.create_task(pause("leftover", 2 * delay))
    await pause("main", delay)


def program(name, delay):
    """Do what the last line of a program does."""
    try:
        asyncio.get_running_loop()
    except RuntimeError as error:
        print(f"{name}: {error}")
    asyncio.run(begin(delay=delay))


async def start(*, delay=1.0):
    """Be a program, in a thread that has no loop yet."""
    await asyncio.to_thread(program, "program", delay)


def ordinary(name, seconds):
    """Call a coroutine function; here is no await."""
    return pause(name, seconds)


async def anywhere(*, delay=1.0):
    """See what it gives; then start it, and await it."""
    given = ordinary("forgotten", delay)
    print(f"ordinary gave a {type(given).__name__}")
    given.close()  # else: it was never awaited
    task = asyncio.create_task(ordinary("other", delay))
    await ordinary("caller", delay)
    await task


def burn(name, size):
    """Keep a CPU busy: hash size MiB of zeros."""
    block = bytes(1 << 20)
    total = sha256()
    for _ in range(size):
        total.update(block)
    found = total.hexdigest()[:8]
    print(f"{name} hashed {size} MiB: {found}")


async def elsewhere(*, delay=1.0, count=100):
    """Compute in a thread while the loop goes on."""
    thread = asyncio.to_thread(burn, "cpu", count)
    task = asyncio.create_task(thread)
    await pause("caller", delay)
    await task


class Counter:
    """A number that tasks share."""

    value = 0


async def add(name, counter):
    """Read, let others run, and write."""
    n = counter.value
    await asyncio.sleep(0)
    counter.value = n + 1


async def add_locked(name, counter, lock):
    """Do the same while nobody else does."""
    async with lock:
        n = counter.value
        await asyncio.sleep(0)
        counter.value = n + 1


async def add_at_once(name, counter):
    """Read and write without an await between."""
    n = counter.value
    counter.value = n + 1


async def shared(*, count=100):
    """Have count tasks increment a counter, three ways."""
    names = [f"adder {n + 1}" for n in range(count)]

    counter = Counter()
    await asyncio.gather(
        *(add(name, counter) for name in names))
    print(f"without a lock: {counter.value} of {count}")

    counter, lock = Counter(), asyncio.Lock()
    await asyncio.gather(
        *(add_locked(name, counter, lock)
          for name in names))
    print(f"with a lock: {counter.value} of {count}")

    counter = Counter()
    await asyncio.gather(
        *(add_at_once(name, counter) for name in names))
    print(f"without an await: {counter.value} of {count}")


def main():
    """Time all; settings go behind: rules.py delay=0.2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in start, anywhere, elsewhere, shared:
        used = {name: settings.get(name, default) for name, default
                in variant.__kwdefaults__.items()}
        start_time = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start_time
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
