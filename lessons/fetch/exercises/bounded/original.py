"""A few at a time: a TaskGroup and a Semaphore."""

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


async def fetch(url, room):
    """Fetch when there is room."""
    async with room:
        await take(url, 0.3)


async def original():
    """Six pages, two at a time."""
    room = asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        for number in range(1, 7):
            group.create_task(fetch(f"/{number}", room))


if __name__ == "__main__":
    asyncio.run(original())
