"""Two workers, one of which fails."""

import asyncio
import json
import sys
import time


async def good(name, seconds):
    """Wait, and be done."""
    await asyncio.sleep(seconds)
    print("good is done")


async def bad(name, seconds):
    """Wait, and read what is not there."""
    prices = [10, 20]
    await asyncio.sleep(seconds)
    print("the price is", prices[len(prices)])


async def goroutine(*, fails=1.0, other=2.0):
    """A task fails, and nobody awaits it."""
    try:
        task = asyncio.create_task(bad("bad", fails))
        await good("good", other)
        del task
    except IndexError as error:
        print("main: caught", error)
    finally:
        print("main: a finally has run")


async def recovered(*, fails=1.0, other=2.0):
    """A task catches what goes wrong in it."""
    async def careful():
        try:
            await bad("bad", fails)
        except IndexError as error:
            print("bad: caught", error)

    task = asyncio.create_task(careful())
    await good("good", other)
    del task


async def handed(*, fails=1.0, other=2.0):
    """Who waits for both gets the exception."""
    tasks = [asyncio.create_task(bad("bad", fails)),
             asyncio.create_task(good("good", other))]
    await asyncio.wait(tasks)
    print("main: got", repr(tasks[0].exception()))


def main():
    """Time all; settings go behind: panics.py fails=0.5"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in goroutine, recovered, handed:
        start = time.perf_counter()
        asyncio.run(variant(**settings))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
