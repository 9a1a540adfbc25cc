"""Not worker, in spite of worker in this text."""

import asyncio
import time as clock
from dataclasses import dataclass

DELAY = 1  # seconds
LIMIT: int = 10
FIRST, SECOND = 1, 2
UNUSED = "DELAY"
Name = str


@dataclass(frozen=True)
class Result:
    """What a worker returns."""

    name: Name
    size: int = 0

    def show(self):
        return f"{self.name}: {self.size:>{LIMIT}} {{unused}}"


# helper is named only in helper's own comment and in a decorator's
# function.
def helper(function):
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    # still the body
    return wrapper


def unused():
    worker()


@helper
async def worker(
    name,
    delay=DELAY,
):
    text = """
def unused():
    this is a string, unused
"""
    await asyncio.sleep(delay)  # unused
    print('it\'s "unused"', name, "#", r"\d", text)

    # a comment at the end of the body
    return Result(name)
# a comment that ends nothing


def nested():
    def worker():
        return FIRST

    return worker() + other.unused + \
        SECOND


async def sequential(a, b):
    await worker("A", a)
    await worker("B", b)


async def concurrent(a, b):
    """Runs sequential things at the same time."""
    await asyncio.gather(worker("A", a), worker("B", b))


if __name__ == "__main__":
    asyncio.run(concurrent(2, 1))
