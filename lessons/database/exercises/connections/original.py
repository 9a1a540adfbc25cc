"""Only so many queries at once, with a Semaphore."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def ask(query, places):
    """Ask when there is a place."""
    async with places:
        await take(query, 0.4)


async def original():
    """Five queries, two at a time."""
    places = asyncio.Semaphore(2)
    await asyncio.gather(*(ask(query, places) for query in "ABCDE"))


if __name__ == "__main__":
    asyncio.run(original())
