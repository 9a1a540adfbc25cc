"""Sets an event when the first of two tasks has finished."""

import asyncio


async def run():
    finished = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(finish(finished))
        group.create_task(finish(finished))


async def finish(finished):
    if not finished.is_set():
        finished.set()  # no await since the check: no other task ran


if __name__ == "__main__":
    asyncio.run(run())
    print("set once; to set it twice would be no error either")
