"""Fetch all, whichever of them fail."""

import asyncio


async def take(name, seconds):
    """A call that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def fetch(url, seconds):
    """Fetch a page; /b is not there."""
    await take(url, seconds)
    if url == "/b":
        raise ValueError("404")
    return f"body of {url}"


async def original():
    """return_exceptions puts an error in the place of a result."""
    pages = await asyncio.gather(
        fetch("/a", 0.6), fetch("/b", 0.3), fetch("/c", 0.9),
        return_exceptions=True)
    for page in pages:
        print(page)


if __name__ == "__main__":
    asyncio.run(original())
