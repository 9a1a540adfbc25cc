"""Jobs go through one queue, and results through another."""

import asyncio


async def take(name, seconds):
    """A job that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Two workers do five jobs; a task saves what they have."""
    queue, results = asyncio.Queue(), asyncio.Queue()

    async def worker():
        while True:
            job = await queue.get()
            await take(job, 0.3)
            results.put_nowait(f"result of {job}")
            queue.task_done()

    async def saver():
        while True:
            print("saved the", await results.get())
            results.task_done()

    tasks = [asyncio.create_task(c) for c in (worker(), worker(), saver())]
    for job in "ABCDE":
        queue.put_nowait(job)
    await queue.join()
    await results.join()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print("all are saved")


if __name__ == "__main__":
    asyncio.run(original())
