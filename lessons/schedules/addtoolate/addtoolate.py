"""Waits for two tasks that put themselves on the list."""

import asyncio


async def broken():
    tasks = set()
    done = []

    async def work():
        tasks.add(asyncio.current_task())  # too late
        done.append(1)

    keep = [asyncio.create_task(work()) for _ in range(2)]
    await asyncio.gather(*tasks)  # of an empty set: waits for nobody
    print("seen after gather:", len(done))
    await asyncio.gather(*keep)


if __name__ == "__main__":
    asyncio.run(broken())
