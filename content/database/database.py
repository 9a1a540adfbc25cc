"""Slow queries: one by one, all at once, in threads."""

import asyncio
import json
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

BOOKS = 12  # so many there are


def look_up(name, path, book, each):
    """Ask for a title, which takes that long."""
    with closing(sqlite3.connect(path)) as db:
        # SQL gets sleep(seconds), like pg_sleep.
        db.create_function(
            "sleep", 1, lambda s: time.sleep(s) or True)
        row = db.execute(
            "SELECT title FROM books"
            " WHERE id = ? AND sleep(?)", (book, each))
        return f"{name}: {row.fetchone()[0]}"


async def query(name, path, book, each):
    """Call what blocks, in a coroutine."""
    return look_up(name, path, book, each)


async def sequential(*, path, queries=6, each=0.3):
    """Wait for one answer before asking for the next."""
    results = []
    for n in range(queries):
        results.append(await query(
            f"query {n + 1}", path, n % BOOKS + 1, each))
    print(*results, sep="\n")


async def concurrent(*, path, queries=6, each=0.3):
    """Gather coroutines that block: there is no gain."""
    results = await asyncio.gather(*(
        query(f"query {n + 1}", path, n % BOOKS + 1, each)
        for n in range(queries)))
    print(*results, sep="\n")


async def to_thread(*, path, queries=6, each=0.3):
    """Call what blocks in threads of a pool."""
    results = await asyncio.gather(*(
        asyncio.to_thread(look_up, f"query {n + 1}",
                          path, n % BOOKS + 1, each)
        for n in range(queries)))
    print(*results, sep="\n")


async def query_in_turn(name, path, book, each, semaphore):
    """Use a thread when the semaphore lets it."""
    async with semaphore:
        return await asyncio.to_thread(
            look_up, name, path, book, each)


async def bounded(*, path, queries=6, each=0.3, limit=2):
    """Have at most limit queries in threads."""
    semaphore = asyncio.Semaphore(limit)
    results = await asyncio.gather(*(
        query_in_turn(f"query {n + 1}", path,
                      n % BOOKS + 1, each, semaphore)
        for n in range(queries)))
    print(*results, sep="\n")


# What follows lets this file run by itself.

TITLES = [
    "Middlemarch", "Don Quixote", "Moby-Dick", "Emma",
    "Dracula", "Walden", "Ulysses", "Candide", "Faust",
    "Persuasion", "Jane Eyre", "Beowulf"]


def fill(path):
    """Make a database with a table of books."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE books (id INTEGER "
                   "PRIMARY KEY, title TEXT NOT NULL)")
        db.executemany("INSERT INTO books VALUES (?, ?)",
                       enumerate(TITLES, start=1))
        db.commit()


def main():
    """Time all; settings behind: database.py queries=9"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value)
                for name, value in words}
    limit = {"limit": settings.pop("limit", 2)}
    with TemporaryDirectory() as directory:
        path = str(Path(directory, "books.db"))
        fill(path)
        for variant in (sequential, concurrent,
                        to_thread, bounded):
            more = limit if variant is bounded else {}
            start = time.perf_counter()
            asyncio.run(
                variant(path=path, **settings, **more))
            took = time.perf_counter() - start
            print(f"{variant.__name__} took {took:.2f} s\n")


if __name__ == "__main__":
    main()
