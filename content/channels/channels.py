"""Hand items from one task to another, through a queue."""

import asyncio
import json
import sys
import time


async def producer(name, queue, items):
    """Put all items."""
    for n in range(items):
        await queue.put(n + 1)
    print("producer is done")


async def consumer(name, queue, items, each):
    """Handle as many items as will come."""
    for _ in range(items):
        item = await queue.get()
        await asyncio.sleep(each)
        print("item", item, "is handled")


async def hand_over(*, queue, items, each):
    """Have all items go through the queue."""
    async with asyncio.TaskGroup() as group:
        group.create_task(
            producer("producer", queue, items))
        group.create_task(
            consumer("consumer", queue, items, each))


async def unbuffered(*, items=5, each=0.3):
    """Have a queue as Queue gives it."""
    queue = asyncio.Queue()
    await hand_over(queue=queue, items=items, each=each)


async def buffered(*, items=5, size=2, each=0.3):
    """Have a queue with room for size items."""
    queue = asyncio.Queue(size)
    await hand_over(queue=queue, items=items, each=each)


async def waiter(name, ready):
    """Go on when ready is set."""
    await ready.wait()
    print(name, "goes on")


async def broadcast(*, waiters=3, each=0.3):
    """Wake all waiters, and then comes one more."""
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for n in range(waiters):
            group.create_task(waiter(f"waiter {n + 1}", ready))
        await asyncio.sleep(each)
        ready.set()
    await waiter("latecomer", ready)


def main():
    """Time all three; settings go behind: channels.py size=5"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in unbuffered, buffered, broadcast:
        used = {name: settings.get(name, default) for name, default
                in variant.__kwdefaults__.items()}
        start = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
