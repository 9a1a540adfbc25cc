"""A timer that drifts: each call begins after the last."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(name, "gave up")
        raise
    print(name, "finished")


async def every(*, period):
    """The period begins anew when a call is done, so it drifts."""
    n = 0
    while True:
        await asyncio.sleep(period)
        n += 1
        await take(f"call {n}", 0.3)


async def original():
    """It ends while a call is under way, and that gives up."""
    try:
        async with asyncio.timeout(0.9):
            await every(period=0.2)
    except TimeoutError:
        print("every has ended")


if __name__ == "__main__":
    asyncio.run(original())
