"""gather keeps the order, whoever answers first."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def ask(name, seconds):
    """Wait for the answer."""
    await take(name, seconds)
    return name


async def original():
    """Ask all at once."""
    answers = await asyncio.gather(ask("A", 0.9), ask("B", 0.3), ask("C", 0.6))
    print("gather returns", *answers)


if __name__ == "__main__":
    asyncio.run(original())
