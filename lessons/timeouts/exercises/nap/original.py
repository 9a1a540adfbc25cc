"""Two sleep within one limit."""

import asyncio


async def sleep(name, seconds):
    """Say whether it slept to its end."""
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(name, "was cut off")
        raise
    print(name, "slept well")


async def original():
    """A limit of 600 ms for both."""
    try:
        async with asyncio.timeout(0.6):
            await sleep("short", 0.3)
            await sleep("long", 1.2)
    except TimeoutError:
        pass


if __name__ == "__main__":
    asyncio.run(original())
