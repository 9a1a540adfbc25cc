"""A TaskGroup stops at the first failure, and keeps all errors."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(name, "gave up")
        raise
    print(name, "finished")


async def fetch(name, seconds):
    """Wait for the page; B and D do not come."""
    await take(name, seconds)
    if name in "BD":
        raise ValueError(f"no answer from {name}")
    return name


async def original():
    """Two fail at once, and the group cancels the others."""
    times = {"A": 0.9, "B": 0.3, "C": 0.6, "D": 0.3}
    try:
        async with asyncio.TaskGroup() as group:
            for name, seconds in times.items():
                group.create_task(fetch(name, seconds))
    except* ValueError as failed:
        for error in sorted(failed.exceptions, key=str):
            print("error:", error)


if __name__ == "__main__":
    asyncio.run(original())
