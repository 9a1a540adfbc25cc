"""A coroutine for each connection."""

import asyncio


async def client(name, port):
    """A client that says two lines, and leaves."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for line in b"hello\n", b"bye\n":
        writer.write(line)
        print(name, "hears", (await reader.readline()).decode().strip())
        await asyncio.sleep(0.3)
    writer.close()
    await writer.wait_closed()


async def original():
    """start_server serves all at once, each until it leaves."""
    async def echo(reader, writer):
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        await asyncio.gather(*(client(name, port) for name in "ABC"))


if __name__ == "__main__":
    asyncio.run(original())
