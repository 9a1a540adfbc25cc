"""A driver that blocks, in a thread; who asks gives up."""

import asyncio
import time


def query(name, seconds):
    """A driver that blocks."""
    print(name, "started")
    time.sleep(seconds)
    print(name, "finished")


async def ask(name):
    """Wait no longer than the timeout; the thread goes on."""
    try:
        async with asyncio.timeout(0.4):
            await asyncio.to_thread(query, "query", 0.9)
    except TimeoutError:
        print(name, "gives up")


async def original():
    """The loop waits for the thread in the end."""
    await ask("who asks")


if __name__ == "__main__":
    asyncio.run(original())
