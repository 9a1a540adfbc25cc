"""Three workers in a group, and some of them fail."""

import asyncio
import json
import sys
import time


class NoAnswer(Exception):
    """What a worker raises that fails."""


async def worker(name, seconds):
    """Wait, and say so also if cancelled."""
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{name} gave up")
        raise
    print(f"{name} finished after {duration(seconds)}")


async def fail(name, seconds):
    """Wait, and fail."""
    await asyncio.sleep(seconds)
    print(f"{name} failed after {duration(seconds)}")
    raise NoAnswer(f"{name}: no answer")


async def plain(*, a=2.5, b=1.0, c=1.5):
    """Gather three, of whom B fails."""
    tasks = [
        asyncio.create_task(worker("A", a)),
        asyncio.create_task(fail("B", b)),
        asyncio.create_task(worker("C", c)),
    ]
    try:
        await asyncio.gather(*tasks)
    except NoAnswer as error:
        print("caught:", error)
    await asyncio.wait(tasks)  # they are still there


async def stopping(*, a=2.5, b=1.0, c=1.5):
    """B fails, and the group cancels the others."""
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(worker("A", a))
            group.create_task(fail("B", b))
            group.create_task(worker("C", c))
    except* NoAnswer as failed:
        print("caught:", failed.exceptions[0])


async def fail_on(name, event, seconds):
    """Fail with the others, in one turn of the loop."""
    await event.wait()
    print(f"{name} failed after {duration(seconds)}")
    raise NoAnswer(f"{name}: no answer")


async def three(*, b=1.0):
    """All fail at once."""
    event = asyncio.Event()
    asyncio.get_running_loop().call_later(b, event.set)
    try:
        async with asyncio.TaskGroup() as group:
            for name in "ABC":
                group.create_task(fail_on(name, event, b))
    except* NoAnswer as failed:
        arrived = len(failed.exceptions)
        print(f"{arrived} of 3 errors arrived")


async def joined(*, b=1.0):
    """Have gather return the errors like results."""
    errors = await asyncio.gather(
        *(fail(name, b) for name in "ABC"),
        return_exceptions=True)
    print(f"{len(errors)} of 3 errors arrived")
    print(*errors, sep="\n")


def duration(seconds):
    """Write seconds as Go does: 2s, 1.5s, 700ms."""
    if 0 < seconds < 1:
        return f"{seconds * 1000:g}ms"
    return f"{seconds:g}s"


def main():
    """Time all; settings go behind: groups.py a=0.5 b=0.2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in plain, stopping, three, joined:
        used = {name: settings.get(name, default) for name, default
                in variant.__kwdefaults__.items()}
        start = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
