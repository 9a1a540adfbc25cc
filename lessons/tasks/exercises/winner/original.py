"""The first result wins, and the others are cancelled."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(name, "gave up")
        raise
    print(name, "finished")


async def attempt(name, seconds, error=None):
    """A task that may fail."""
    await take(name, seconds)
    if error:
        raise error
    return name


async def original():
    """Take the first result; cancel the rest, and wait for them."""
    tasks = [
        asyncio.create_task(attempt("A", 0.3, ValueError("failed"))),
        asyncio.create_task(attempt("B", 0.9)),
        asyncio.create_task(attempt("C", 0.6)),
    ]
    for task in asyncio.as_completed(tasks):
        try:
            print("first:", await task)
            break
        except ValueError:
            pass  # it drops out
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(original())
