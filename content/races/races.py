"""Workers that count at the same time."""

import asyncio
import json
import sys
import time


class Counter:
    def __init__(self):
        self.n = 0
        self.lock = asyncio.Lock()


async def add(name, counter, adds):
    """Nobody comes in between: there is no await."""
    for _ in range(adds):
        counter.n += 1
    print(name, "is done")


async def one():
    """Have others run before there is a 1."""
    await asyncio.sleep(0)
    return 1


async def add_awaited(name, counter, adds):
    """Add what has to be awaited first."""
    for _ in range(adds):
        counter.n += await one()
    print(name, "is done")


async def add_locked(name, counter, adds):
    """Others wait until the number is written."""
    for _ in range(adds):
        async with counter.lock:
            counter.n += await one()
    print(name, "is done")


async def count(*, work, workers, adds):
    """Have so many workers count at the same time."""
    counter = Counter()
    async with asyncio.TaskGroup() as group:
        for i in range(workers):
            group.create_task(
                work(f"worker {i + 1}", counter, adds))
    print("counted", counter.n, "of", workers * adds)


async def plain(*, workers=2, adds=10000):
    """No await between reading and writing."""
    await count(work=add, workers=workers, adds=adds)


async def awaited(*, workers=2, adds=10000):
    """The same line, with an await in it."""
    await count(work=add_awaited, workers=workers,
                adds=adds)


async def mutex(*, workers=2, adds=10000):
    """The same await, with a lock around it."""
    await count(work=add_locked, workers=workers,
                adds=adds)


def main():
    """Time all; settings go behind: races.py adds=1000"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in plain, awaited, mutex:
        start = time.perf_counter()
        asyncio.run(variant(**settings))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
