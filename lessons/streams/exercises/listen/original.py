"""A read that is given up, and the next one."""

import asyncio


async def server(name, writer):
    """Say something after a while, and again."""
    for word in b"one", b"two":
        await asyncio.sleep(0.5)
        print(name, "says", word.decode())
        writer.feed_data(word)


async def client(name, reader):
    """Wait 0.3 s at a time until two words have come."""
    heard = 0
    while heard < 2:
        try:
            async with asyncio.timeout(0.3):
                word = await reader.read(100)
        except TimeoutError:
            print(name, "gives up")
        else:
            print(name, "hears", word.decode())
            heard += 1


async def original():
    """Both at once, with a stream in memory between them."""
    stream = asyncio.StreamReader()
    async with asyncio.TaskGroup() as group:
        group.create_task(server("server", stream))
        group.create_task(client("client", stream))


if __name__ == "__main__":
    asyncio.run(original())
