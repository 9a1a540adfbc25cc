"""Two tasks, then two awaits."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Start both before awaiting either."""
    name = asyncio.create_task(take("name", 0.9))
    age = asyncio.create_task(take("age", 0.6))
    await name
    await age


if __name__ == "__main__":
    asyncio.run(original())
