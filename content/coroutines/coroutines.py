"""Say hello several times: awaited, as tasks, and forgotten."""

import asyncio
import json
import sys
import time


async def say_hello(name, delay):
    """Pause between the two lines."""
    print("Hello...")
    await asyncio.sleep(delay)
    print("...World!")


async def sequential(*, delay=1.0, count=3):
    """Await one coroutine after the other."""
    for n in range(count):
        await say_hello(f"hello {n + 1}", delay)


async def concurrent(*, delay=1.0, count=3):
    """Start a task for each, and wait for all."""
    async with asyncio.TaskGroup() as group:
        for n in range(count):
            hello = say_hello(f"hello {n + 1}", delay)
            group.create_task(hello)


async def forgotten(*, delay=1.0, count=3):
    """Call say_hello and await nothing."""
    for n in range(count):
        say_hello(f"hello {n + 1}", delay)
    print("main returns")


def main():
    """Time all three; settings go behind: coroutines.py count=5"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in sequential, concurrent, forgotten:
        start = time.perf_counter()
        asyncio.run(variant(**settings))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
