"""A driver that blocks, in a thread; who asks gives up."""

import asyncio
import time


def query(name, seconds):
    """A driver that blocks."""
    print(name, "started")
    time.sleep(seconds)
    print(name, "finished")


async def ask(name, answer):
    """Wait no longer than the timeout; the thread goes on."""
    try:
        async with asyncio.timeout(0.4):
            await asyncio.shield(answer)
    except TimeoutError:
        print(name, "gives up")


async def original():
    """asyncio.run waits for the thread in the end, as here."""
    answer = asyncio.create_task(asyncio.to_thread(query, "query", 0.9))
    await ask("who asks", answer)
    await answer


if __name__ == "__main__":
    asyncio.run(original())
