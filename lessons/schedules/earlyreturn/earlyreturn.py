"""Waits for an answer, unless nobody needs it any more."""

import asyncio


async def ask():
    answers = asyncio.Queue()
    needed = True

    async def answer():
        await answers.put(42)
        await answers.join()  # until somebody has taken it

    async def tell():
        nonlocal needed
        needed = False

    tasks = [asyncio.create_task(answer()), asyncio.create_task(tell())]
    await asyncio.sleep(0)  # here both tasks run
    if needed:
        print("answer", await answers.get())
        answers.task_done()
    print("still waiting:", sum(not task.done() for task in tasks))


if __name__ == "__main__":
    asyncio.run(ask())
