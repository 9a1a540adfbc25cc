"""Download pages: one by one, all at once, a few at a time."""

import asyncio
import errno
import json
import sys
import time
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from socket import gaierror
from threading import Thread
from types import SimpleNamespace
from urllib.parse import quote, unquote, urlsplit

if find_spec("aiohttp"):
    import aiohttp
# else there is a stand-in below


MAX_SIZE = 100_000_000  # bytes of a page


def new_session():
    """A page may take 30 seconds, here as in Go."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=30))


async def fetch(url, session):
    """The size of a page, or what went wrong."""
    try:
        async with session.get(
                url, allow_redirects=False) as response:
            if response.status != 200:
                return RuntimeError(refusal(response))
            size = 0
            while chunk := await response.content.read(65536):
                size += len(chunk)
                if size > MAX_SIZE:
                    return RuntimeError("over 100 MB, given up")
            return size
    except Exception as error:
        return RuntimeError(reason(error))


def refusal(response):
    """Say what came in place of a page."""
    status = f"{response.status} {response.reason}".strip()
    if response.status // 100 == 3:
        status += ", not followed"
    return status


def reason(error):
    """Say in a few words why there is no page."""
    match error:
        case (OSError(errno=errno.EMFILE) |
              aiohttp.ClientConnectorError(
                  os_error=OSError(errno=errno.EMFILE))):
            return "too many open files"
        case TimeoutError():
            return "no answer in time"
        case (UnicodeError() |
              aiohttp.ClientConnectorError(os_error=gaierror())):
            return "unknown host"
        case aiohttp.ClientConnectorCertificateError():
            return "bad certificate"
        case (aiohttp.ClientSSLError() |
              aiohttp.ClientConnectorError(
                  os_error=ConnectionResetError())):
            return "no proper answer"
        case aiohttp.ClientConnectorError():
            return "no connection"
    return "no proper answer"


async def sequential(*, urls):
    """Fetch one page after the other."""
    async with new_session() as session:
        results = [await fetch(url, session) for url in urls]
    report(urls, results)


async def concurrent(*, urls):
    """Have all requests in flight at once."""
    async with new_session() as session:
        results = await asyncio.gather(
            *(fetch(url, session) for url in urls))
    report(urls, results)


async def fastest(*, urls):
    """Keep the first page, cancel the other requests."""
    async with new_session() as session:
        tasks = [asyncio.create_task(fetch(url, session))
                 for url in urls]
        for arrived in asyncio.as_completed(tasks):
            if isinstance(await arrived, int):
                break
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(
            *tasks, return_exceptions=True)
    for url, result in zip(urls, results):
        if isinstance(result, int):
            return report([url], [result])
    report(urls, results)


async def fetch_in_turn(url, session, semaphore):
    """Fetch a page when the semaphore lets it."""
    async with semaphore:
        return await fetch(url, session)


async def bounded(*, urls, limit=10):
    """Have at most limit requests in flight."""
    semaphore = asyncio.Semaphore(limit)
    async with new_session() as session:
        results = await asyncio.gather(
            *(fetch_in_turn(url, session, semaphore)
              for url in urls))
    report(urls, results)


def report(urls, results):
    """Say what became of each page, in order."""
    failed = 0
    first = None
    for url, result in zip(urls, results):
        if isinstance(result, Exception):
            failed += 1
            first = first or result
            print(f"Failed  {url}... {result}")
        else:
            print(f"Fetched {url}... {result} bytes")
    if failed:
        raise RuntimeError(
            f"{failed} of {len(urls)} pages failed, "
            f"the first: {first}")


# What follows is not the lesson. It lets the lesson run where
# aiohttp is not installed and where there is no network.


class ConnectorError(Exception):
    """There is no connection; os_error says why."""

    def __init__(self, os_error):
        self.os_error = os_error


class SSLError(ConnectorError):
    """There is a connection, but not the other side's TLS."""


class CertificateError(SSLError):
    """The other side's certificate is not to be trusted."""


async def connect(*, host, port, tls):
    """Open a connection, as asyncio does, with these errors."""
    try:
        return await asyncio.open_connection(
            host, port, ssl=tls or None)
    except TimeoutError:
        raise
    except OSError as error:
        kinds = {"SSLCertVerificationError": CertificateError,
                 "SSLError": SSLError}
        for kind in type(error).__mro__:
            if kind.__name__ in kinds:
                raise kinds[kind.__name__](error)
        raise ConnectorError(error)


class StreamResponse:
    """As much of aiohttp's response as the lesson needs."""

    def __init__(self, url, seconds):
        self._url, self._seconds = url, seconds
        self._writer = None

    async def __aenter__(self):
        now = asyncio.get_running_loop().time()
        self._deadline = now + self._seconds
        try:
            async with asyncio.timeout_at(self._deadline):
                await self._request()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_):
        if self._writer:
            self._writer.close()

    async def _request(self):
        parts = urlsplit(self._url)
        tls = parts.scheme.lower() == "https"
        port = parts.port
        if port is None:
            port = 443 if tls else 80
        self._reader, self._writer = await connect(
            host=parts.hostname, port=port, tls=tls)
        target = parts.path or "/"
        if parts.query:
            target += "?" + parts.query
        user, at, host = parts.netloc.rpartition("@")
        lines = [f"GET {quote(target, SAFE)} HTTP/1.1",
                 f"Host: {host}", "Connection: close",
                 "Accept: */*", "User-Agent: asyncio"]
        if at:
            name, _, password = map(unquote, user.partition(":"))
            basic = f"{name}:{password}".encode()
            lines.append("Authorization: Basic "
                         + b64encode(basic).decode())
        request = "\r\n".join(lines) + "\r\n\r\n"
        self._writer.write(request.encode())
        head = await self._reader.readuntil(b"\r\n\r\n")
        head = head.decode(errors="surrogateescape")
        first, *rest = head.strip().split("\r\n")
        version, status, *reason = first.split(" ", 2)
        if not version.startswith("HTTP/"):
            raise ValueError(first)
        self.status, self.reason = int(status), "".join(reason)
        headers = {}
        for line in rest:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip().lower()
        self.content = self
        self._left = None  # bytes of the body, or of this chunk
        self._chunked = (
            headers.get("transfer-encoding") == "chunked")
        if self._chunked:
            self._left = 0
        elif "content-length" in headers:
            self._left = int(headers["content-length"])

    async def read(self, most):
        """The next bytes of the body, none behind its end."""
        async with asyncio.timeout_at(self._deadline):
            return await self._body(most)

    async def _body(self, most):
        reader = self._reader
        if self._chunked and not self._left:
            self._left = int(await reader.readline(), 16)
            self._chunked = self._left > 0
        if self._left is None:
            return await reader.read(most)
        if self._left == 0:
            return b""
        piece = await reader.read(max(0, min(most, self._left)))
        if not piece:
            raise EOFError
        self._left -= len(piece)
        if self._chunked and not self._left:
            await reader.readline()
        return piece


class StreamSession:
    """As much of aiohttp's session as the lesson needs.

    It speaks HTTP/1.1 over asyncio's streams, opens a connection
    for each page and follows no redirects.
    """

    def __init__(self, timeout):
        self._seconds = timeout

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass

    def get(self, url, allow_redirects):
        return StreamResponse(url, self._seconds)


if not find_spec("aiohttp"):
    SAFE = "%/:?&=@!$'()*+,;~-._[]"
    aiohttp = SimpleNamespace(
        ClientSession=StreamSession,
        ClientTimeout=lambda total: total,
        ClientConnectorError=ConnectorError,
        ClientSSLError=SSLError,
        ClientConnectorCertificateError=CertificateError)


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
    """Time three; settings go behind: fetch.py pages=30"""
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
