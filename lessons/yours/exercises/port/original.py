"""Workers with a connection each, which are cancelled."""

import asyncio


class Connection:
    """What a worker does its jobs with."""

    opened = 0

    def __init__(self):
        Connection.opened += 1
        self.number = Connection.opened

    async def do(self, job):
        await take(job, 0.3)
        return f"result of {job}"

    def close(self):
        print("connection", self.number, "is closed")


async def take(name, seconds):
    """A job that takes a time."""
    print(name, "started")
    await asyncio.sleep(seconds)
    print(name, "finished")


async def original():
    """Two workers do five jobs."""
    Connection.opened = 0
    queue, results = asyncio.Queue(), []

    async def worker():
        connection = Connection()
        try:
            while True:
                job = await queue.get()
                results.append(await connection.do(job))
                queue.task_done()
        finally:
            connection.close()

    workers = [asyncio.create_task(worker()) for _ in range(2)]
    for job in "ABCDE":
        queue.put_nowait(job)
    await queue.join()
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print("there are", len(results), "results")


if __name__ == "__main__":
    asyncio.run(original())
