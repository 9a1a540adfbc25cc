"""Two workers, of which one fails, and both are told of."""

import asyncio


async def take(name, seconds):
    """A worker that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def bad():
    await take("bad", 0.3)
    raise RuntimeError("no route")


async def original():
    """Run both, and ask each for its exception."""
    tasks = {"bad": asyncio.create_task(bad()),
             "good": asyncio.create_task(take("good", 0.6))}
    await asyncio.wait(tasks.values())
    for name, task in tasks.items():
        print(f"{name}: {task.exception()}")


if __name__ == "__main__":
    asyncio.run(original())
