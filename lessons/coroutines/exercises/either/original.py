"""The first of two; nobody waits for the slower one."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Wait until one is done. The other goes on until the loop ends."""
    tasks = [
        asyncio.create_task(take("a", 0.9), name="a"),
        asyncio.create_task(take("b", 0.4), name="b"),
    ]
    done, _ = await asyncio.wait(
        tasks, return_when=asyncio.FIRST_COMPLETED)
    print("first:", *(task.get_name() for task in done))


if __name__ == "__main__":
    asyncio.run(original())
