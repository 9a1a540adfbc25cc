"""Wait for whichever of several things comes first."""

import asyncio
import json
import sys
import time


def full(rounds):
    """Make a queue with a value for each round."""
    values = asyncio.Queue()
    for n in range(rounds):
        values.put_nowait(n)
    return values


async def fair(*, rounds=1000):
    """Wait for two queues that are ready, always."""
    left, right = full(rounds), full(rounds)
    from_left = from_right = 0
    for _ in range(rounds):
        a = asyncio.create_task(left.get())
        b = asyncio.create_task(right.get())
        done, _ = await asyncio.wait(
            {a, b}, return_when=asyncio.FIRST_COMPLETED)
        from_left += a in done
        from_right += b in done
    print(f"left: {from_left} of {rounds}")
    print(f"right: {from_right} of {rounds}")


async def source(name, inbox, messages, every):
    """Send a message now and then, and None at the end."""
    for n in range(messages):
        await asyncio.sleep(every)
        inbox.put_nowait(n + 1)
    inbox.put_nowait(None)


async def read_idle(name, inbox, limit):
    """Have a limit in the loop."""
    try:
        while True:
            async with asyncio.timeout(limit):
                message = await inbox.get()
            if message is None:
                print("that was all")
                return
            print("message", message)
    except TimeoutError:
        print("gave up")


async def idle(*, messages=8, every=0.3, limit=1.0):
    """Read all messages, with a limit in the loop."""
    inbox = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        sending = group.create_task(
            source("source", inbox, messages, every))
        await read_idle("reader", inbox, limit)
        sending.cancel()


async def read_overall(name, inbox, limit):
    """Have a limit outside of the loop."""
    try:
        async with asyncio.timeout(limit):
            while True:
                message = await inbox.get()
                if message is None:
                    print("that was all")
                    return
                print("message", message)
    except TimeoutError:
        print("gave up")


async def overall(*, messages=8, every=0.3, limit=1.0):
    """Read like idle, with one limit for all messages."""
    inbox = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        sending = group.create_task(
            source("source", inbox, messages, every))
        await read_overall("reader", inbox, limit)
        sending.cancel()


def main():
    """Time all three; settings go behind: selects.py limit=2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in fair, idle, overall:
        used = {name: settings.get(name, default) for name, default
                in variant.__kwdefaults__.items()}
        start = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
