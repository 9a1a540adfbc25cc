"""Counts in two tasks."""

import asyncio

counter = 0


async def broken():
    global counter
    counter = 0
    async with asyncio.TaskGroup() as group:
        group.create_task(add())
        group.create_task(add())


async def add():
    global counter
    counter += 1  # no await in it: no other task runs in between


async def broken_by_await():
    global counter
    counter = 0
    async with asyncio.TaskGroup() as group:
        group.create_task(add_slowly())
        group.create_task(add_slowly())


async def add_slowly():
    global counter
    seen = counter
    await asyncio.sleep(0)  # here the other task runs
    counter = seen + 1


if __name__ == "__main__":
    asyncio.run(broken())
    print("counter =", counter)
    asyncio.run(broken_by_await())
    print("counter =", counter, "with an await in the middle")
