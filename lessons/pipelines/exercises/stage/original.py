"""Items pass two stages, a task each."""

import asyncio


async def take(name, seconds):
    """A step that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Have four items pass two stages."""
    async def stage(name, queue, out):
        while (item := await queue.get()) is not None:
            await take(f"{name} {item}", 0.3)
            await out.put(item)
        await out.put(None)

    first = queue = asyncio.Queue()
    for item in 1, 2, 3, 4, None:
        first.put_nowait(item)
    async with asyncio.TaskGroup() as group:
        for name in "read", "store":
            out = asyncio.Queue(maxsize=1)
            group.create_task(stage(name, queue, out))
            queue = out
        while (item := await queue.get()) is not None:
            print("item", item, "came out")


if __name__ == "__main__":
    asyncio.run(original())
