"""Workers take jobs from a queue, and are cancelled."""

import asyncio
import json
import sys
import time


async def worker(name, queue, results, wait):
    """Take jobs for ever: script cancels it."""
    try:
        while True:
            job = await queue.get()
            await asyncio.sleep(wait)
            results.append(f"result of job {job}")
            queue.task_done()
    finally:
        print(f"{name} stops")


async def report(name, results, wait):
    """Send the results off."""
    await asyncio.sleep(wait)
    print(f"{len(results)} results reported")


async def script(*, workers=3, jobs=9, wait=0.5):
    """Do all jobs, cancel the workers, and report."""
    queue, results = asyncio.Queue(), []
    tasks = []
    for n in range(workers):
        name = f"worker {n + 1}"
        tasks.append(asyncio.create_task(
            worker(name, queue, results, wait), name=name))
    for n in range(jobs):
        queue.put_nowait(n + 1)
    await queue.join()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await report("report", results, wait)


def main():
    """Time it; settings go behind: yours.py wait=0.2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    start = time.perf_counter()
    asyncio.run(script(**settings))
    seconds = time.perf_counter() - start
    print(f"script took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
