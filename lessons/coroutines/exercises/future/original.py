"""Start it now, await it later."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """create_task starts f; await gets its result."""
    task = asyncio.create_task(take("f", 0.9))
    await take("meanwhile", 0.6)
    await task


if __name__ == "__main__":
    asyncio.run(original())
