"""Items pass through stages: chained, and a task each."""

import asyncio
import json
import sys
import time


async def work(name, each):
    """What a stage does with an item."""
    await asyncio.sleep(each)


async def numbers(items):
    """Yield the items 1, 2 and so on."""
    for n in range(items):
        yield n + 1


async def link(name, before, each):
    """Work on an item when it is asked for one."""
    async for item in before:
        await work(name, each)
        yield item
    print(f"{name} stops")


async def chained(*, items=8, stages=3, each=0.1):
    """Have an async generator for each stage."""
    out = numbers(items)
    for n in range(stages):
        out = link(f"stage {n + 1}", out, each)
    came = 0
    async for item in out:
        came += 1
    print(f"{came} items came out")


def source(items):
    """Fill a queue with all items, and None behind."""
    queue = asyncio.Queue()
    for n in range(items):
        queue.put_nowait(n + 1)
    queue.put_nowait(None)
    return queue


async def handle(name, item, each, out):
    """Work on an item and hand it on."""
    await asyncio.sleep(each)
    await out.put(item)


async def stage(*, name, queue, each, out):
    """Handle what comes in, until that is None."""
    try:
        while (item := await queue.get()) is not None:
            await handle(name, item, each, out)
    finally:
        print(f"{name} stops")
    await out.put(None)


async def count(*, queue):
    """Receive all items."""
    came = 0
    while await queue.get() is not None:
        came += 1
    return came


async def pipeline(*, items=8, stages=3, each=0.1):
    """Have a task for each stage."""
    queue = source(items)
    async with asyncio.TaskGroup() as group:
        for n in range(stages):
            out = asyncio.Queue()
            group.create_task(stage(
                name=f"stage {n + 1}",
                queue=queue, each=each, out=out))
            queue = out
        came = await count(queue=queue)
    print(f"{came} items came out")


async def slowstage(*, items=8, stages=3,
                    each=0.1, slow=0.3):
    """Like pipeline, with a slow middle stage."""
    queue = source(items)
    async with asyncio.TaskGroup() as group:
        for n in range(stages):
            out = asyncio.Queue()
            takes = slow if n == stages // 2 else each
            group.create_task(stage(
                name=f"stage {n + 1}",
                queue=queue, each=takes, out=out))
            queue = out
        came = await count(queue=queue)
    print(f"{came} items came out")


async def member(*, name, queue, each, out):
    """Handle what comes in, as one of several."""
    while (item := await queue.get()) is not None:
        await handle(name, item, each, out)
    queue.put_nowait(None)  # the others have to see it


async def shared(*, name, size, queue, each, out):
    """Do as stage, with several tasks."""
    async with asyncio.TaskGroup() as group:
        for n in range(size):
            group.create_task(member(
                name=f"{name}.{n + 1}",
                queue=queue, each=each, out=out))
    print(f"{name} stops")
    await out.put(None)


async def widened(*, items=8, stages=3, team=3,
                  each=0.1, slow=0.3):
    """Like slowstage, with a team for that stage."""
    queue = source(items)
    async with asyncio.TaskGroup() as group:
        for n in range(stages):
            name, out = f"stage {n + 1}", asyncio.Queue()
            if n == stages // 2:
                group.create_task(shared(
                    name=name, size=team,
                    queue=queue, each=slow, out=out))
            else:
                group.create_task(stage(
                    name=name,
                    queue=queue, each=each, out=out))
            queue = out
        came = await count(queue=queue)
    print(f"{came} items came out")


async def early(*, items=8, stages=3, take=3,
                each=0.1, report=0.7):
    """Take the first few items, then cancel the rest."""
    queue = first = source(items)
    tasks = []
    for n in range(stages):
        out = asyncio.Queue()
        tasks.append(asyncio.create_task(stage(
            name=f"stage {n + 1}",
            queue=queue, each=each, out=out)))
        queue = out
    take = min(take, items)
    for _ in range(take):
        await queue.get()
    print(f"{take} items came out")
    await work("report", report)
    went = items - max(first.qsize() - 1, 0)
    print(f"{went} items went in")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def main():
    """Time them; settings go behind: pipelines.py each=0.05"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in chained, pipeline, slowstage, widened, early:
        used = {name: settings.get(name, default) for name, default
                in variant.__kwdefaults__.items()}
        start = time.perf_counter()
        asyncio.run(variant(**used))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
