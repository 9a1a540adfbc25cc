"""Calls to a service: at most 2 at once, and 3 in 800 ms."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Make seven calls."""
    limit, rate, per = 2, 3, 0.8
    loop = asyncio.get_running_loop()
    room, begun = asyncio.Semaphore(limit), []

    async def call(n):
        try:
            await take(f"call {n}", 0.3)
        finally:
            room.release()

    async with asyncio.TaskGroup() as group:
        for n in range(7):
            await room.acquire()
            if n >= rate:
                due = begun[n - rate] + per
                await asyncio.sleep(max(due - loop.time(), 0))
            begun.append(loop.time())
            group.create_task(call(n))
    print("all calls are done")


if __name__ == "__main__":
    asyncio.run(original())
