"""Calls to a service: so many at once, or in a second."""

import asyncio
import json
import sys
import time


async def call(name, each):
    """Call the service; note begin and end."""
    begin = time.monotonic()
    await asyncio.sleep(each)
    return begin, time.monotonic()


def report(start, tasks):
    """Say what the service sees of the calls."""
    calls = [task.result() for task in tasks]
    early = sum(begin < start + 1 for begin, _ in calls)
    most = max(sum(b <= begin < e for b, e in calls)
               for begin, _ in calls)
    print(f"{early} calls in the first second")
    print(f"at most {most} at once")


async def limited(*, jobs=10, limit=4, each=0.6):
    """Have at most limit calls under way at once."""
    room = asyncio.Semaphore(limit)

    async def one(n):
        async with room:
            return await call(f"call {n + 1}", each)

    start = time.monotonic()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(n))
                 for n in range(jobs)]
    report(start, tasks)


async def ticked(*, jobs=10, rate=4, each=0.6):
    """Begin one call, and sleep before the next."""
    tasks = []
    start = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for n in range(jobs):
            if n > 0:
                await asyncio.sleep(1 / rate)
            tasks.append(group.create_task(
                call(f"call {n + 1}", each)))
    report(start, tasks)


async def burst(*, jobs=10, rate=4, each=0.6):
    """Have a bucket with tokens: a call takes one."""
    tasks = []
    start = time.monotonic()
    tokens = rate
    async with asyncio.TaskGroup() as group:
        for n in range(jobs):
            if tokens == 0:
                await asyncio.sleep(1 / rate)
                tokens += 1
            tokens -= 1
            tasks.append(group.create_task(
                call(f"call {n + 1}", each)))
    report(start, tasks)


def main():
    """Time all three; settings go behind: rate.py each=0.2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in limited, ticked, burst:
        used = {name: settings.get(name, default) for name, default
                in variant.__kwdefaults__.items()}
        start = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
