"""A counter that no lock guards, and none has to."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def open_box(name, seconds, votes):
    """Count who says yes: between two awaits nobody else runs."""
    global count
    await take(name, seconds)
    for vote in votes:
        if vote == "yes":
            count += 1


async def original():
    """Open all boxes at once."""
    global count
    count = 0
    await asyncio.gather(
        open_box("A", 0.9, ["yes", "no", "yes"]),
        open_box("B", 0.3, ["no"]),
        open_box("C", 0.6, ["yes", "yes"]))
    print("count is", count)


if __name__ == "__main__":
    asyncio.run(original())
