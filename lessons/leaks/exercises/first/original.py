"""The first answer; the other servers are told to stop."""

import asyncio


async def ask(name, seconds):
    """A server that takes its time."""
    print(name, "started")
    try:
        await asyncio.sleep(seconds)
        print(name, "finished")
    except asyncio.CancelledError:
        print(name, "gave up")
        raise
    return name


async def original():
    """Wait until one is done, and cancel the others."""
    tasks = [
        asyncio.create_task(ask("A", 0.9)),
        asyncio.create_task(ask("B", 0.3)),
        asyncio.create_task(ask("C", 0.6)),
    ]
    done, pending = await asyncio.wait(
        tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    print("the first is", *(task.result() for task in done))
    await asyncio.sleep(0.8)


if __name__ == "__main__":
    asyncio.run(original())
