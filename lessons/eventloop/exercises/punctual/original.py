"""Timers of the loop: a callback that blocks makes others late."""

import asyncio
import time


def take(name, seconds):
    """A callback that blocks."""
    print(name, "started")
    time.sleep(seconds)
    print(name, "finished")


async def original():
    """A blocks until 0.7 s, so B is late, and C later still."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    loop.call_later(0.1, take, "A", 0.6)
    loop.call_later(0.3, take, "B", 0.4)
    loop.call_later(0.5, take, "C", 0.2)
    loop.call_later(0.5, over.set)
    await over.wait()


if __name__ == "__main__":
    asyncio.run(original())
