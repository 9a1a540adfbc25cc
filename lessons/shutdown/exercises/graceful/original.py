"""A server that ends in good order."""

import asyncio


async def take(name, seconds):
    """Serve a client, which takes a time."""
    print(name, "started")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(name, "gave up")
        raise
    print(name, "finished")


class Door:
    """It lets clients in, as long as it is open."""

    def __init__(self):
        self.open, self.tasks = True, set()

    def knock(self, name, seconds):
        if self.open:
            task = asyncio.create_task(take(name, seconds))
            self.tasks.add(task)
        else:
            print(name, "is refused")


async def original():
    """After 0.5 s nobody is let in, after 0.4 s more all go."""
    door, loop = Door(), asyncio.get_running_loop()
    for name, seconds in ("A", 0.3), ("B", 0.7), ("C", 2):
        door.knock(name, seconds)
    loop.call_later(0.7, door.knock, "D", 0.3)
    await asyncio.sleep(0.5)
    door.open = False
    _, left = await asyncio.wait(door.tasks, timeout=0.4)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    print("the server returns")


if __name__ == "__main__":
    asyncio.run(original())
