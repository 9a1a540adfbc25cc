"""Waits for an answer, unless it is told before that nobody needs it."""

import asyncio


async def ask(queue):
    tasks = [asyncio.create_task(queue.put(n)) for n in (41, 42)]
    print("answer", await queue.get())
    # Returning here leaves the other put waiting. asyncio.run cancels it in
    # the end; a server that goes on keeps it, and says nothing.
    await asyncio.sleep(0)
    print("still waiting:", sum(not task.done() for task in tasks))


if __name__ == "__main__":
    full = asyncio.Queue(maxsize=1)
    full.put_nowait(40)
    asyncio.run(ask(full))
