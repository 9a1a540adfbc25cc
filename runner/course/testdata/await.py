"""What await and a call do in Python: lesson eventloop says it."""

import asyncio

said = []


async def nothing():
    pass


async def task(name):
    said.append(name + " begins")
    await nothing()
    said.append(name + " ends")


async def main():
    a, b = task("a"), task("b")
    said.append("called")
    await asyncio.gather(a, b)


asyncio.run(main())
print(*said, sep="\n")
