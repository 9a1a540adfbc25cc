"""Compute: in turn, in tasks, in threads, in processes."""

import asyncio
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256


def burn(name, size):
    """Keep a CPU busy: hash a block of 1 KiB size times."""
    block = bytearray(1024)
    block[:len(name)] = name.encode()
    for _ in range(size):
        block[:32] = sha256(block).digest()
    return block[:4].hex()


async def job(name, size):
    """Burn. There is no await, so nobody else runs."""
    print(f"{name}: {burn(name, size)}")


async def sequential(*, n=4, size=200_000):
    """Await one job after the other."""
    for i in range(n):
        await job(f"job {i + 1}", size)


async def concurrent(*, n=4, size=200_000):
    """Gather all jobs. There is still only one thread."""
    await asyncio.gather(
        *(job(f"job {i + 1}", size) for i in range(n)))


async def job_in_thread(name, size):
    """Burn in a thread."""
    result = await asyncio.to_thread(burn, name, size)
    print(f"{name}: {result}")


async def threads(*, n=4, size=200_000):
    """Give every job a thread. All share the GIL."""
    await asyncio.gather(
        *(job_in_thread(f"job {i + 1}", size)
          for i in range(n)))


async def job_in_process(name, size, pool):
    """Burn in a process of the pool."""
    loop = asyncio.get_running_loop()
    result = await loop.run_in_executor(
        pool, burn, name, size)
    print(f"{name}: {result}")


async def parallel(*, n=4, size=200_000):
    """Share the jobs among processes, one for each CPU."""
    with ProcessPoolExecutor() as pool:
        await asyncio.gather(
            *(job_in_process(f"job {i + 1}", size, pool)
              for i in range(n)))


async def hog(name, size, done):
    """Burn for as long as two jobs, without an await."""
    burn(name, 2 * size)
    print(f"{name} done")
    done.set()


async def tick(name, done):
    """Count the ticks, one each millisecond, until done."""
    ticks = 0
    while True:
        await asyncio.sleep(0.001)
        if done.is_set():
            return ticks
        ticks += 1


async def ticker(*, size=200_000):
    """Run a ticker beside a hog."""
    start = time.monotonic()
    done = asyncio.Event()
    ticks, _ = await asyncio.gather(
        tick("ticker", done),
        hog("hog", size, done))
    due = int((time.monotonic() - start) * 1000)
    print(f"{ticks} of {due} ticks came in time")


def main():
    """Time all five; settings go behind: cpubound.py n=2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in (sequential, concurrent, threads,
                    parallel, ticker):
        used = {name: settings.get(name, default) for name, default
                in variant.__kwdefaults__.items()}
        start = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
