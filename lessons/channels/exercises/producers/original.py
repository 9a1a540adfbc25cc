"""Several producers put into one queue, and None ends it."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Two sources of two items each, and a slow receiver."""
    queue = asyncio.Queue(1)

    async def source(name, each):
        for n in range(2):
            item = f"{name}{n + 1}"
            await take(item, each)
            await queue.put(item)
        print("source", name, "is done")

    async def merge():
        async with asyncio.TaskGroup() as group:
            group.create_task(source("A", 0.2))
            group.create_task(source("B", 0.3))
        await queue.put(None)

    async with asyncio.TaskGroup() as group:
        group.create_task(merge())
        while (item := await queue.get()) is not None:
            print("received", item)
            await asyncio.sleep(0.25)
    print("no more will come")


if __name__ == "__main__":
    asyncio.run(original())
