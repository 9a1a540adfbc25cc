"""A queue hands out results, and None ends it."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Two workers; None says that there are no more."""
    jobs = iter([("A", 0.6), ("B", 0.3), ("C", 0.3), ("D", 0.3), ("E", 0.3)])
    results = asyncio.Queue()

    async def worker():
        for job, seconds in jobs:
            await take(job, seconds)
            await results.put(job)

    async def work():
        await asyncio.gather(worker(), worker())
        await results.put(None)

    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        while (result := await results.get()) is not None:
            print("received the result of", result)


if __name__ == "__main__":
    asyncio.run(original())
