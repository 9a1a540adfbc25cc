"""The first answer of several servers, round after round."""

import asyncio
import json
import sys
import time


async def ask(name, seconds):
    """Wait for the answer of a server."""
    await asyncio.sleep(seconds)
    return f"the answer of {name}"


def ask_all(number, servers, each):
    """Ask all servers at once. Server n takes n times each."""
    return [
        asyncio.create_task(ask(f"{number}.{n}", n * each))
        for n in range(1, servers + 1)
    ]


def report(before):
    """Say how many tasks are left."""
    print(len(asyncio.all_tasks()) - before, "are left")


async def abandoned(*, rounds=20, servers=3, each=0.05):
    """Take the first answer, and leave the others alone."""
    before = len(asyncio.all_tasks())
    for n in range(rounds):
        await asyncio.wait(
            ask_all(n + 1, servers, each),
            return_when=asyncio.FIRST_COMPLETED)
    print(rounds, "answers")
    await asyncio.sleep(servers * each)
    report(before)


async def send(name, seconds, queue):
    """Put the answer of a server into a queue."""
    await asyncio.sleep(seconds)
    await queue.put(f"the answer of {name}")


async def buffered(*, rounds=20, servers=3, each=0.05, room=2):
    """Have answers put into a queue with some room."""
    before = len(asyncio.all_tasks())
    for n in range(rounds):
        queue = asyncio.Queue(room)
        tasks = [
            asyncio.create_task(
                send(f"{n + 1}.{k}", k * each, queue))
            for k in range(1, servers + 1)
        ]
        await queue.get()
    print(rounds, "answers")
    await asyncio.sleep(servers * each)
    report(before)


async def cancelled(*, rounds=20, servers=3, each=0.05):
    """Take the first answer, and cancel the others."""
    before = len(asyncio.all_tasks())
    for n in range(rounds):
        _, pending = await asyncio.wait(
            ask_all(n + 1, servers, each),
            return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
    print(rounds, "answers")
    await asyncio.sleep(servers * each)
    report(before)


def main():
    """Time all three; settings go behind: leaks.py rounds=5"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in abandoned, buffered, cancelled:
        start = time.perf_counter()
        asyncio.run(variant(**settings))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
