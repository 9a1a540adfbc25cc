"""Takes money from an account in two tasks, if there is enough."""

import asyncio

balance = 100


async def broken():
    async with asyncio.TaskGroup() as group:
        group.create_task(withdraw())
        group.create_task(withdraw())


async def withdraw():
    global balance
    if balance >= 100:
        await asyncio.sleep(0)  # asks the bank: the other task runs
        balance -= 100


async def mended():
    lock = asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        group.create_task(withdraw_locked(lock))
        group.create_task(withdraw_locked(lock))


async def withdraw_locked(lock):
    async with lock:
        await withdraw()


if __name__ == "__main__":
    asyncio.run(broken())
    print("balance =", balance)
    balance = 100
    asyncio.run(mended())
    print("balance =", balance, "with a lock around both")
