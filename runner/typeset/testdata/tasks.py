import asyncio


async def worker(name, delay):
    print(name, "started")
    await asyncio.sleep(delay)
    print(name, "finished after", delay)


async def sequential(a, b):
    await worker("A", a)
    await worker("B", b)


async def concurrent(a, b):
    """Both workers at once."""
    first = asyncio.create_task(worker("A", a))
    second = asyncio.create_task(worker("B", b))
    await first
    await second


if __name__ == "__main__":
    asyncio.run(concurrent(2, 1))
