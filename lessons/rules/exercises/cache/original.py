"""The task stands in the dict, in place of its value."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def load(key):
    """Load a value."""
    await take(f"load {key}", 0.4)
    return f"value of {key}"


async def want(number, key, tasks):
    """Ask for a key; who asks first loads it."""
    await asyncio.sleep(0.2 * (number - 1))
    if key not in tasks:  # no await until it is there: nobody comes between
        tasks[key] = asyncio.create_task(load(key))
    print(number, "gets", await tasks[key])


async def original():
    """Four ask, for two keys."""
    tasks = {}
    await asyncio.gather(*(
        want(number, key, tasks) for number, key in enumerate("xxyx", 1)))


if __name__ == "__main__":
    asyncio.run(original())
