"""A retry is tested: when does it call?"""

import asyncio


async def attempt(name, fails):
    """A call that fails, or does not."""
    print(name, "fails" if fails else "is fine")
    if fails:
        raise ValueError(name)


async def retry(call, first):
    """Call four times at most, and wait twice as long each time."""
    for n in range(4):
        try:
            return await call()
        except ValueError:
            if n == 3:
                raise
        await asyncio.sleep(first * 2 ** n)


async def original():
    """Test it with three failures."""
    loop = asyncio.get_running_loop()
    start, times, first = loop.time(), [], 0.1

    async def call():
        times.append(loop.time() - start)
        await attempt(f"call {len(times)}", len(times) <= 3)

    await retry(call, first)
    want = [0, first, 3 * first, 7 * first]
    near = all(abs(got - due) < 0.05 for got, due in zip(times, want))
    print("its calls are on time" if near else f"its calls are at {times}")


if __name__ == "__main__":
    asyncio.run(original())
