"""Many callers ask a cache for the same few values."""

import asyncio
import json
import sys
import time


async def load(key, loads, each):
    """Get a value; it takes long, and is counted."""
    loads.append(key)
    await asyncio.sleep(each)
    return f"value of {key}"


async def ask(*, callers, keys, rounds, get):
    """Have all ask at once, and count the answers."""
    answers = 0

    async def caller(key):
        nonlocal answers
        for _ in range(rounds):
            if await get(key) == f"value of {key}":
                answers += 1

    async with asyncio.TaskGroup() as group:
        for n in range(callers):
            key = f"key {n % keys + 1}"
            group.create_task(caller(key))
    return answers


async def cached(*, callers=100, keys=4,
                 rounds=1, each=0.3):
    """Look into a dict, and load what is not there."""
    loads, values = [], {}

    async def get(key):
        if key not in values:
            value = await load(key, loads, each)
            values[key] = value
        return values[key]

    answers = await ask(callers=callers, keys=keys,
                        rounds=rounds, get=get)
    print(len(loads), "loads,", answers, "answers")


async def held(*, callers=100, keys=4,
               rounds=1, each=0.3):
    """Do the same, with a lock over all of it."""
    loads, values, lock = [], {}, asyncio.Lock()

    async def get(key):
        async with lock:
            if key not in values:
                value = await load(key, loads, each)
                values[key] = value
            return values[key]

    answers = await ask(callers=callers, keys=keys,
                        rounds=rounds, get=get)
    print(len(loads), "loads,", answers, "answers")


async def shared(*, callers=100, keys=4,
                 rounds=1, each=0.3):
    """Put the task in, before there is a value."""
    loads, tasks = [], {}

    async def get(key):
        if key not in tasks:
            tasks[key] = asyncio.create_task(
                load(key, loads, each))
        return await tasks[key]

    answers = await ask(callers=callers, keys=keys,
                        rounds=rounds, get=get)
    print(len(loads), "loads,", answers, "answers")


async def flight(*, callers=100, keys=4,
                 rounds=1, each=0.3):
    """Share each task among those who wait for it."""
    loads, tasks = [], {}

    async def get(key):
        if key not in tasks:
            tasks[key] = asyncio.create_task(
                load(key, loads, each))
            tasks[key].add_done_callback(
                lambda _: tasks.pop(key))
        return await tasks[key]

    answers = await ask(callers=callers, keys=keys,
                        rounds=rounds, get=get)
    print(len(loads), "loads,", answers, "answers")


def main():
    """Time all; settings go behind: stampede.py keys=2"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    for variant in cached, held, shared, flight:
        start = time.perf_counter()
        asyncio.run(variant(**settings))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
