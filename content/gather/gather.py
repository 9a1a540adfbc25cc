"""Two workers with results: one by one, and with gather."""

import asyncio
import json
import sys
import time


async def worker(name, seconds):
    """Wait, and return what there is to say."""
    print(f"{name} started")
    await asyncio.sleep(seconds)
    print(f"{name} finished after {duration(seconds)}")
    return f"{name}'s result"


def report(results):
    """Print the results as they stand in the list."""
    for i, result in enumerate(results):
        print(f"results[{i}] = {result}")


async def sequential(*, a=2.0, b=1.0):
    """Ask for one result after the other."""
    results = [
        await worker("A", a),
        await worker("B", b),
    ]
    report(results)


async def concurrent(*, a=2.0, b=1.0):
    """Run both; gather keeps their order."""
    results = await asyncio.gather(
        worker("A", a),
        worker("B", b),
    )
    report(results)


async def fail(name, seconds):
    """Wait, and fail."""
    print(f"{name} started")
    await asyncio.sleep(seconds)
    raise ValueError("no answer")


async def failing(*, a=2.0, b=1.0):
    """B fails. gather raises at once, and A goes on."""
    task = asyncio.create_task(worker("A", a))
    try:
        await asyncio.gather(task, fail("B", b))
    except ValueError as error:
        print("B:", error)
    print("A:", await task)


async def grouped(*, a=2.0, b=1.0):
    """B fails, and the group cancels A."""
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(worker("A", a))
            group.create_task(fail("B", b))
    except* ValueError as failed:
        print("B:", failed.exceptions[0])


def duration(seconds):
    """Write seconds as Go does: 2s, 1.5s, 700ms."""
    if 0 < seconds < 1:
        return f"{seconds * 1000:g}ms"
    return f"{seconds:g}s"


def main():
    """Time all four; settings go behind: gather.py a=0.5 b=0.2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in sequential, concurrent, failing, grouped:
        start = time.perf_counter()
        asyncio.run(variant(**settings))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
