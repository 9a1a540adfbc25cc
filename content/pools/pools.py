"""Many jobs that wait: in turn, all at once, in a pool."""

import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor


async def job(name, each):
    """Wait, as for a page or a database."""
    await asyncio.sleep(each)


async def sequential(*, jobs=100, each=0.05):
    """Await one job after the other."""
    for n in range(jobs):
        await job(f"job {n + 1}", each)
    print(f"{jobs} jobs done one after the other")


async def concurrent(*, jobs=100, each=0.05):
    """Give every job a task. There is no size to choose."""
    await asyncio.gather(
        *(job(f"job {n + 1}", each) for n in range(jobs)))
    print(f"{jobs} jobs done all at once")


def blocking_job(name, each):
    """Wait as code did before asyncio: keep the thread."""
    time.sleep(each)


async def work(*, jobs, size, each):
    """Have a pool of size threads do the jobs."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=size) as threads:
        await asyncio.gather(
            *(loop.run_in_executor(
                threads, blocking_job, f"job {n + 1}", each)
              for n in range(jobs)))


async def pool(*, jobs=100, size=4, each=0.05):
    """Do the jobs in a pool of size threads."""
    await work(jobs=jobs, size=size, each=each)
    print(f"{jobs} jobs done by a pool of {size}")


async def sizes(*, jobs=100, each=0.05):
    """Try pools of 1, 2 and so on; draw the times."""
    longest = 0.0
    for size in 1, 2, 4, 8, 16, 32, 64:
        start = time.perf_counter()
        await work(jobs=jobs, size=size, each=each)
        took = time.perf_counter() - start
        longest = max(longest, took)
        print(f"size {size:2}  {took:5.2f} s  "
              f"{bar(took, longest)}")


def bar(took, longest):
    """Draw 28 columns for the longest time."""
    return "█" * round(28 * took / longest)


def main():
    """Time all four; settings go behind: pools.py size=8"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in sequential, concurrent, pool, sizes:
        used = {name: settings.get(name, default) for name, default
                in variant.__kwdefaults__.items()}
        start = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
