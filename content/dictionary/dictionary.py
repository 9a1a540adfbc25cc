"""A small program for each word that no lesson is about."""

import asyncio
import sys
import time

TICK = 0.1


async def wait(name, seconds):
    """Wait, in a lane of that name."""
    await asyncio.sleep(seconds)


async def deadline():
    """Give a wait of six ticks three."""
    try:
        async with asyncio.timeout(3 * TICK):
            await wait("caller", 6 * TICK)
            print("the answer came")
    except TimeoutError:
        print("too late")


async def waiter(name, ready):
    """Go on when the event is set."""
    await ready.wait()
    print("a waiter goes on")


async def broadcast():
    """Set an event: all who wait for it go on."""
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for n in range(3):
            group.create_task(waiter(f"waiter {n + 1}", ready))
        await asyncio.sleep(3 * TICK)
        ready.set()


async def consumer(name, jobs):
    """Handle what comes, for ever."""
    while True:
        job = await jobs.get()
        await asyncio.sleep(2 * TICK)
        print(f"job {job} is done")
        jobs.task_done()


async def queueing():
    """Have a queue with room for two."""
    jobs = asyncio.Queue(2)
    task = asyncio.create_task(consumer("consumer", jobs))
    for job in range(3):
        await jobs.put(job + 1)  # waits while it is full
    await jobs.join()
    task.cancel()


PROGRAMS = [deadline, broadcast, queueing]


def main():
    """Run and time all of them, or those that are named."""
    for program in PROGRAMS:
        if sys.argv[1:] and program.__name__ not in sys.argv:
            continue
        start = time.perf_counter()
        asyncio.run(program())
        seconds = time.perf_counter() - start
        print(f"{program.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
