"""Moves money between two accounts in both directions at once."""

import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.money = 10


async def broken(seconds):
    a, b = Account(), Account()
    async with asyncio.timeout(seconds):
        async with asyncio.TaskGroup() as group:
            group.create_task(transfer(a, b))
            group.create_task(transfer(b, a))


async def transfer(source, target):
    async with source.lock:
        await asyncio.sleep(0)  # here the other takes its first lock
        async with target.lock:
            source.money -= 1
            target.money += 1


if __name__ == "__main__":
    try:
        asyncio.run(broken(0.1))
    except TimeoutError:
        print("both wait for ever: only the timeout ends it")
