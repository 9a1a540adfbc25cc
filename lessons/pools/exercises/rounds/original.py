"""A pool of two workers with a Queue."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Five jobs, two workers."""
    queue = asyncio.Queue()
    for job in ("A", 0.6), ("B", 0.3), ("C", 0.3), ("D", 0.3), ("E", 0.3):
        queue.put_nowait(job)

    async def worker():
        while not queue.empty():
            await take(*queue.get_nowait())

    await asyncio.gather(worker(), worker())


if __name__ == "__main__":
    asyncio.run(original())
