"""A reader looks whether it is to stop before each message."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Stop a reader of five messages, in the middle of the third."""
    inbox, stop = asyncio.Queue(), asyncio.Event()
    for message in "ABCDE":
        inbox.put_nowait(message)

    async def read():
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            getting = asyncio.create_task(inbox.get())
            done, _ = await asyncio.wait(
                {getting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if getting in done:
                await take(getting.result(), 0.3)
            else:
                getting.cancel()

    async with asyncio.TaskGroup() as group:
        group.create_task(read())
        await asyncio.sleep(0.7)
        stop.set()
    print(inbox.qsize(), "messages are left")


if __name__ == "__main__":
    asyncio.run(original())
