"""The task stands in the dict, in place of its value."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def load(name, key):
    """Load a value."""
    await take(name, 0.4)
    return f"value of {key}"


async def original():
    """Four ask, for two keys; who asks first loads it."""
    tasks = {}

    async def want(number, key):
        await asyncio.sleep(0.2 * (number - 1))
        if key not in tasks:  # no await until it is there
            tasks[key] = asyncio.create_task(load(f"load {key}", key))
        print(number, "gets", await tasks[key])

    await asyncio.gather(*(
        want(number, key) for number, key in enumerate("xxyx", 1)))


if __name__ == "__main__":
    asyncio.run(original())
