"""Three calls need two accounts each, a fourth two others."""

import asyncio


async def take(name, seconds):
    """Have accounts for a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Lock in the order of the numbers."""
    locks = [asyncio.Lock() for _ in range(5)]

    async def call(name, accounts):
        accounts = sorted(set(accounts))
        for account in accounts:
            await locks[account].acquire()
        try:
            await take(name, 0.4)
        finally:
            for account in accounts:
                locks[account].release()

    async with asyncio.TaskGroup() as group:
        for i, named in enumerate([(0, 1), (1, 2), (2, 0), (4, 3)]):
            group.create_task(call(f"call {i + 1}", named))
    print("all calls are done")


if __name__ == "__main__":
    asyncio.run(original())
