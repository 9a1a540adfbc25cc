"""Download pages: one by one, all at once, a few at a time."""

import asyncio
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from threading import Thread
from types import SimpleNamespace
from urllib.parse import urlsplit

if find_spec("aiohttp"):
    import aiohttp
# else there is a stand-in below


async def fetch(url, session):
    """Return the size of a page, or what went wrong."""
    try:
        async with session.get(url) as response:
            if response.status != 200:
                status = response.status
                return RuntimeError(
                    f"{status} {response.reason}")
            return len(await response.read())
    except Exception as error:
        return error


async def sequential(*, urls):
    """Fetch one page after the other."""
    async with aiohttp.ClientSession() as session:
        results = [await fetch(url, session) for url in urls]
    report(urls, results)


async def concurrent(*, urls):
    """Have all requests in flight at once."""
    async with aiohttp.ClientSession() as session:
        results = await asyncio.gather(
            *(fetch(url, session) for url in urls))
    report(urls, results)


async def fetch_in_turn(url, session, semaphore):
    """Fetch a page when the semaphore lets it."""
    async with semaphore:
        return await fetch(url, session)


async def bounded(*, urls, limit=10):
    """Have at most limit requests in flight."""
    semaphore = asyncio.Semaphore(limit)
    async with aiohttp.ClientSession() as session:
        results = await asyncio.gather(
            *(fetch_in_turn(url, session, semaphore)
              for url in urls))
    report(urls, results)


def report(urls, results):
    """Say what became of each page, in order."""
    failed = 0
    for url, result in zip(urls, results):
        if isinstance(result, Exception):
            failed += 1
            print(f"Failed  {url}... {result}")
        else:
            print(f"Fetched {url}... {result} bytes")
    if failed:
        raise RuntimeError(
            f"{failed} of {len(urls)} pages failed")


# What follows is not the lesson. It lets the lesson run where
# aiohttp is not installed and where there is no network.


class StreamResponse:
    """As much of aiohttp's response as the lesson needs."""

    def __init__(self, url):
        self._url = url

    async def __aenter__(self):
        parts = urlsplit(self._url)
        tls = parts.scheme == "https"
        port = parts.port or (443 if tls else 80)
        self._reader, self._writer = await asyncio.open_connection(
            parts.hostname, port, ssl=tls or None)
        target = parts.path or "/"
        if parts.query:
            target += "?" + parts.query
        self._writer.write((f"GET {target} HTTP/1.1\r\n"
                            f"Host: {parts.netloc}\r\n"
                            "Connection: close\r\n\r\n").encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        first, *rest = head.strip().split("\r\n")
        _, status, *reason = first.split(" ", 2)
        self.status, self.reason = int(status), "".join(reason)
        self._headers = {}
        for line in rest:
            name, _, value = line.partition(":")
            self._headers[name.lower()] = value.strip().lower()
        return self

    async def __aexit__(self, *_):
        self._writer.close()

    async def read(self):
        reader, headers = self._reader, self._headers
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(await reader.readline(), 16):
                body += await reader.readexactly(size)
                await reader.readline()
            return body
        if "content-length" in headers:
            length = int(headers["content-length"])
            return await reader.readexactly(length)
        return await reader.read()


class StreamSession:
    """As much of aiohttp's session as the lesson needs.

    It speaks HTTP/1.1 over asyncio's streams, opens a connection
    for each page and follows no redirects.
    """

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass

    def get(self, url):
        return StreamResponse(url)


if not find_spec("aiohttp"):
    aiohttp = SimpleNamespace(ClientSession=StreamSession)


class SlowPages(BaseHTTPRequestHandler):
    """Answers /page1, /page2 and so on, each after its latency."""

    protocol_version = "HTTP/1.1"  # keeps connections open
    wbufsize = -1  # the headers leave together with the body
    latency = 0.4

    def do_GET(self):
        page = int(self.path.removeprefix("/page"))
        # The second page is quicker, the third slower, and so on.
        time.sleep(self.latency * (1.25, 1, 0.75)[page % 3])
        size = 1000 + page * 1777 % 9001
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(b"." * size)

    def log_message(self, *_):
        pass


class SlowServer(ThreadingHTTPServer):
    """Serves SlowPages on loopback, in threads of its own."""

    request_queue_size = 1000
    daemon_threads = True

    def __init__(self, latency):
        named = {"latency": latency}
        handler = type("Handler", (SlowPages,), named)
        super().__init__(("127.0.0.1", 0), handler)
        Thread(target=self.serve_forever, daemon=True).start()

    def urls(self, pages):
        host, port = self.server_address
        return [f"http://{host}:{port}/page{n + 1}"
                for n in range(pages)]


def main():
    """Time all three; settings go behind: fetch.py pages=30"""
    words = (word.split("=") for word in sys.argv[1:])
    settings = {name: json.loads(value) for name, value in words}
    if not find_spec("aiohttp"):
        print("fetch.py: aiohttp is missing, asyncio's streams "
              "fetch the pages; to install it: "
              "python3 -m pip install aiohttp", file=sys.stderr)
    server = SlowServer(settings.get("latency", 0.4))
    urls = server.urls(settings.get("pages", 3))
    limit = settings.get("limit", 10)
    for variant in sequential, concurrent, bounded:
        more = {"limit": limit} if variant is bounded else {}
        start = time.perf_counter()
        asyncio.run(variant(urls=urls, **more))
        seconds = time.perf_counter() - start
        print(f"{variant.__name__} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
