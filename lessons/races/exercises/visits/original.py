"""Three visitors of two pages, counted without a lock."""

import asyncio
from collections import Counter


async def take(name, seconds):
    """A visitor who takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """No await between reading and writing: nothing to lock."""
    pages = Counter()

    async def visit(number, page):
        await take(f"visitor {number}", number * 0.2)
        pages[page] += 1

    async with asyncio.TaskGroup() as group:
        for i, page in enumerate(["home", "news", "home"]):
            group.create_task(visit(i + 1, page))
    print("visits:", dict(pages), "in all", pages.total())


if __name__ == "__main__":
    asyncio.run(original())
