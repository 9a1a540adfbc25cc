"""Two workers that wait: one after the other, and as tasks."""

import asyncio
import json
import sys
import time


async def worker(name, seconds):
    """Say when it starts, wait, say when it ends."""
    print(f"{name} started")
    await asyncio.sleep(seconds)
    print(f"{name} finished after {duration(seconds)}")


async def sequential(*, a=2.0, b=1.0):
    """Await one worker after the other."""
    await worker("A", a)
    await worker("B", b)


async def concurrent(*, a=2.0, b=1.0):
    """Schedule both workers, then await both."""
    task_a = asyncio.create_task(worker("A", a))
    task_b = asyncio.create_task(worker("B", b))
    await task_a
    await task_b


async def cancelled(*, a=2.0, b=1.0):
    """Cancel A as soon as B is done."""
    task = asyncio.create_task(worker("A", a))
    await worker("B", b)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("A was cancelled")


def duration(seconds):
    """Write seconds as Go does: 2s, 1.5s, 700ms."""
    if 0 < seconds < 1:
        return f"{seconds * 1000:g}ms"
    return f"{seconds:g}s"


def main():
    """Time all three; settings go behind: tasks.py a=0.5 b=0.2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in sequential, concurrent, cancelled:
        start = time.perf_counter()
        asyncio.run(variant(**settings))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
