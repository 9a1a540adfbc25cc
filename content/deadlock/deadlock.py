"""Two transfers at once, each with two locks."""

import asyncio
import json
import sys
import time


async def transfer(name, first, second, hold):
    """Lock two accounts, one after the other."""
    async with first.lock:
        print(f"{name} has locked {first.name}")
        await asyncio.sleep(hold)
        async with second.lock:
            print(f"{name} is done")


class Account:
    def __init__(self, name):
        self.name = name
        self.lock = asyncio.Lock()


async def locks(*, hold=0.3, patience=2.0):
    """Lock the account that gives first."""
    a, b = Account("A"), Account("B")
    try:
        async with (asyncio.timeout(patience),
                    asyncio.TaskGroup() as group):
            group.create_task(transfer("A to B", a, b, hold))
            group.create_task(transfer("B to A", b, a, hold))
    except TimeoutError:
        print(f"given up after {duration(patience)}")


async def ordered(*, hold=0.3):
    """Lock account A first, whoever gives."""
    a, b = Account("A"), Account("B")
    async with asyncio.TaskGroup() as group:
        group.create_task(transfer("A to B", a, b, hold))
        group.create_task(transfer("B to A", a, b, hold))


def duration(seconds):
    """Write seconds as Go does: 2s, 1.5s, 700ms."""
    if 0 < seconds < 1:
        return f"{seconds * 1000:g}ms"
    return f"{seconds:g}s"


def main():
    """Time both; settings go behind: deadlock.py hold=0.1"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    patience = settings.pop("patience", 2.0)
    for variant in locks, ordered:
        start = time.perf_counter()
        more = {"patience": patience} if variant is locks else {}
        asyncio.run(variant(**settings, **more))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
