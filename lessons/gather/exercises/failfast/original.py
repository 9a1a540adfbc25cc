"""A TaskGroup stops at the first who has no answer."""

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


async def ask(name, seconds):
    """Wait for the answer; B has none."""
    await take(name, seconds)
    if name == "B":
        raise ValueError("no answer")
    return name


async def original():
    """When one fails, the group cancels the others and waits for them."""
    try:
        async with asyncio.TaskGroup() as group:
            for name, seconds in ("A", 0.9), ("B", 0.3), ("C", 0.6):
                group.create_task(ask(name, seconds))
    except* ValueError as failed:
        print("error:", failed.exceptions[0])


if __name__ == "__main__":
    asyncio.run(original())
