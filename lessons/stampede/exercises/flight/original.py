"""A dict of tasks, and nobody who gives up cancels one."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def load(name, key):
    """Load a value."""
    await take(name, 0.6)
    return f"value of {key}"


async def original():
    """Four ask, for two keys; who comes first gives up."""
    tasks = {}

    async def want(number, key):
        await asyncio.sleep(0.1 * (number - 1))
        if key not in tasks:  # no await until it is there
            tasks[key] = asyncio.create_task(load(f"load {key}", key))
            tasks[key].add_done_callback(lambda _: tasks.pop(key))
        try:
            async with asyncio.timeout(0.3 if number == 1 else 2):
                value = await asyncio.shield(tasks[key])
            print(number, "gets", value)
        except TimeoutError:
            print(number, "gives up")

    async with asyncio.TaskGroup() as group:
        for number, key in enumerate("xxyx", 1):
            group.create_task(want(number, key))


if __name__ == "__main__":
    asyncio.run(original())
