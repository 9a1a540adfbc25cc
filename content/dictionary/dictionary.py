"""A small program for each word without a lesson."""

import asyncio
import contextvars
import os
import signal
import socket
import sys
import threading
import time
from collections import deque
from types import SimpleNamespace

TICK = 0.1


async def wait(name, seconds):
    """Wait, in a lane of that name."""
    await asyncio.sleep(seconds)


async def deadline():
    """Give a wait of six ticks three."""
    try:
        async with asyncio.timeout(3 * TICK):
            await wait("caller", 6 * TICK)
            print("the answer came")
    except TimeoutError:
        print("too late")


async def reschedule():
    """Move a limit."""
    now = asyncio.get_running_loop().time
    async with asyncio.timeout(2 * TICK) as limit:
        await wait("first", TICK)
        limit.reschedule(now() + 9 * TICK)
        await wait("second", 2 * TICK)
    print(f"expired: {limit.expired()}".lower())


async def answer(name, seconds):
    """Return the name after a wait."""
    await asyncio.sleep(seconds)
    return name


async def first_done():
    """Take the first answer, and cancel the other."""
    tasks = [
        asyncio.create_task(answer("slow", 4 * TICK)),
        asyncio.create_task(answer("fast", 2 * TICK))]
    done, pending = await asyncio.wait(
        tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        print(task.result(), "is first")
    for task in pending:
        task.cancel()


async def as_they_come():
    """Take answers in the order in which they come."""
    answers = [answer("third", 3 * TICK),
               answer("first", 1 * TICK),
               answer("second", 2 * TICK)]
    for coming in asyncio.as_completed(answers):
        print(await coming)


async def save(name):
    """Take longer than the caller has."""
    try:
        await asyncio.sleep(4 * TICK)
        print(name, "is saved")
    except asyncio.CancelledError:
        print(name, "is cancelled")
        raise


async def shielded():
    """Cancel the draft, but not the order."""
    order = asyncio.create_task(save("order"))
    try:
        async with asyncio.timeout(2 * TICK):
            await asyncio.gather(
                save("draft"), asyncio.shield(order))
    except TimeoutError:
        await order


def say_done(task):
    """Be called by the loop when the task is done."""
    print("callback: the task is done")


async def callbacks():
    """Have something called when a task is done."""
    task = asyncio.create_task(wait("task", 2 * TICK))
    task.add_done_callback(say_done)
    await task
    await asyncio.sleep(0)  # the loop calls it now


async def compute(name, future):
    """Set the result."""
    await asyncio.sleep(3 * TICK)
    future.set_result("42")


async def promise():
    """Await a future that somebody else sets."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.create_task(
        compute("producer", future))
    print("the result is", await future)
    await task


async def listen(name):
    """Go on until it is cancelled."""
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError as error:
        print(f"{name} stops: {error}")
        raise


async def cause():
    """Cancel, and say why."""
    task = asyncio.create_task(listen("worker"))
    await asyncio.sleep(2 * TICK)
    task.cancel("the shop closes")
    await asyncio.wait([task])
    print(f"cancelled: {task.cancelled()}".lower())


async def consumer(name, jobs):
    """Handle what comes, until it is cancelled."""
    while True:
        job = await jobs.get()
        await asyncio.sleep(2 * TICK)
        print("job", job, "is done")
        jobs.task_done()


async def queueing():
    """Have a queue with room for two."""
    jobs = asyncio.Queue(2)
    task = asyncio.create_task(
        consumer("consumer", jobs))
    for job in range(3):
        await jobs.put(job + 1)  # waits if it is full
    await jobs.join()
    task.cancel()  # else it would wait for ever


async def offer(name, jobs):
    """Put a job into a queue only if there is room."""
    for job in range(4):
        try:
            jobs.put_nowait(job + 1)
        except asyncio.QueueFull:
            print("no room for job", job + 1)
        await asyncio.sleep(TICK)


async def no_wait():
    """Have a producer that never waits for room."""
    jobs = asyncio.Queue(1)
    task = asyncio.create_task(offer("producer", jobs))
    while not (task.done() and jobs.empty()):
        job = await jobs.get()
        await asyncio.sleep(5 * TICK / 2)
        print("job", job, "is done")


async def priorities():
    """Do the most urgent job first."""
    jobs = asyncio.PriorityQueue()
    for job in 3, 1, 2:
        jobs.put_nowait(job)
    while not jobs.empty():
        await wait("worker", TICK)
        print("job", jobs.get_nowait())


async def drain(name, jobs):
    """Take what a queue has that is shut down."""
    while True:
        try:
            job = await jobs.get()
        except asyncio.QueueShutDown:
            break
        await asyncio.sleep(TICK)
        print("job", job)
    print("no more jobs")


async def draining():
    """Shut down a queue in which something is left."""
    jobs = asyncio.Queue(3)
    for job in range(3):
        jobs.put_nowait(job + 1)
    if not hasattr(jobs, "shutdown"):
        print("Queue.shutdown needs Python 3.13")
        return
    jobs.shutdown()
    await drain("worker", jobs)


async def enter(name, lock):
    """Be alone while it has the lock."""
    async with lock:
        await asyncio.sleep(2 * TICK)
        print("one was alone")


async def locking():
    """Let two in, one after the other."""
    lock = asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        group.create_task(enter("A", lock))
        group.create_task(enter("B", lock))


async def waiter(name, ready):
    """Go on when the event is set."""
    await ready.wait()
    print("a waiter goes on")


async def broadcast():
    """Set an event: all who wait for it go on."""
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for n in range(3):
            name = f"waiter {n + 1}"
            group.create_task(waiter(name, ready))
        await asyncio.sleep(3 * TICK)
        ready.set()


async def buy(name, shop):
    """Wait until there is something to buy."""
    async with shop.changed:
        await shop.changed.wait_for(
            lambda: shop.stock > 0)
        shop.stock -= 1
        print("one is sold")


async def conditions():
    """Have two buyers, and deliver twice."""
    shop = SimpleNamespace(
        stock=0, changed=asyncio.Condition())
    async with asyncio.TaskGroup() as group:
        group.create_task(buy("buyer 1", shop))
        group.create_task(buy("buyer 2", shop))
        for _ in range(2):
            await asyncio.sleep(2 * TICK)
            async with shop.changed:
                shop.stock += 1
                shop.changed.notify()


async def visit(name, places):
    """Wait for a place."""
    async with places:
        await asyncio.sleep(2 * TICK)
        print("one leaves")


async def limiting():
    """Have two places for four visitors."""
    places = asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        for n in range(4):
            name = f"visitor {n + 1}"
            group.create_task(visit(name, places))


async def meet(name, seconds, barrier):
    """Come, and wait for the others."""
    await asyncio.sleep(seconds)
    await barrier.wait()
    print("all are here")


async def meeting():
    """Wait for everybody."""
    barrier = asyncio.Barrier(3)
    async with asyncio.TaskGroup() as group:
        group.create_task(meet("A", 1 * TICK, barrier))
        group.create_task(meet("B", 2 * TICK, barrier))
        group.create_task(meet("C", 3 * TICK, barrier))


async def load(name):
    """Load the settings."""
    await asyncio.sleep(3 * TICK)
    print("loaded")
    return "settings"


async def ask(name, settings):
    """Need what is loaded once."""
    print("one has the", await settings)


async def once():
    """Load the settings for who asks first."""
    settings = asyncio.create_task(load("loader"))
    async with asyncio.TaskGroup() as group:
        group.create_task(ask("A", settings))
        group.create_task(ask("B", settings))


async def crawl(name, after, page, seen):
    """Look at a page that nobody has seen."""
    await asyncio.sleep(after * TICK)
    before = seen.setdefault(page, name) != name
    print(f"{page} was seen before: {before}".lower())


async def shared_map():
    """Have a dict that several tasks write."""
    seen = {}
    async with asyncio.TaskGroup() as group:
        group.create_task(crawl("A", 1, "home", seen))
        group.create_task(crawl("B", 2, "news", seen))
        group.create_task(crawl("C", 3, "home", seen))


async def fill(name, buffers):
    """Use a buffer, and put it back."""
    if buffers:
        buffer = buffers.pop()
    else:
        print("a new buffer")
        buffer = bytearray()
    buffer.clear()  # it is as it was left
    buffer += name.encode()
    await asyncio.sleep(TICK)
    print(name, "is over")
    buffers.append(buffer)


async def reuse():
    """Use one buffer again and again."""
    buffers = deque()
    for n in range(3):
        await fill(f"use {n + 1}", buffers)


USER = contextvars.ContextVar("user")


async def serve(name):
    """Answer for the user in its context."""
    await asyncio.sleep(2 * TICK)
    print(name, "is for", USER.get())


async def context_values():
    """Have a user for each request."""
    async with asyncio.TaskGroup() as group:
        USER.set("Ada")
        group.create_task(serve("request 1"))
        USER.set("Grace")  # in the context of this task
        group.create_task(serve("request 2"))


async def names():
    """Tell which tasks there are."""
    reader = asyncio.create_task(
        wait("reader", 3 * TICK), name="reader")
    writer = asyncio.create_task(
        wait("writer", 3 * TICK), name="writer")
    await asyncio.sleep(TICK)
    for task in asyncio.all_tasks():
        if task is not asyncio.current_task():
            print("task", task.get_name())
    await reader
    await writer


async def sleeper():
    """Wait somewhere deeper."""
    await wait("sleeper", 3 * TICK)


async def dump():
    """Tell where a task stands."""
    task = asyncio.create_task(sleeper())
    await asyncio.sleep(TICK)
    for frame in task.get_stack():
        print("it is in", frame.f_code.co_name)
    await task


def ring(name, rung):
    """Be called by a timer."""
    print("it rings")
    rung.set()


async def timers():
    """Have two timers, and stop one of them."""
    rung = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.call_later(3 * TICK, ring, "alarm", rung)
    early = loop.call_later(2 * TICK, rung.set)
    early.cancel()
    await rung.wait()


def in_thread(name, loop, future):
    """Be in another thread, and call the loop's."""
    time.sleep(3 * TICK)
    loop.call_soon_threadsafe(future.set_result, name)


async def receive(name, future):
    """Wait for the other thread."""
    print(await future, "has answered")


async def from_thread():
    """Get what another thread has."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    thread = threading.Thread(
        target=in_thread, args=["thread", loop, future])
    thread.start()
    await receive("receiver", future)


def block(name, seconds):
    """Block the thread."""
    time.sleep(seconds)


async def blocking():
    """Go on while something blocks a thread."""
    thread = asyncio.create_task(
        asyncio.to_thread(block, "blocking", 3 * TICK))
    for _ in range(2):
        await wait("caller", TICK)
        print("the caller goes on")
    await thread


async def greet(name, reader, writer):
    """Answer each line of one client."""
    async for line in reader:
        writer.write(b"hello " + line)
        await writer.drain()
    writer.close()


async def lines():
    """Send a line to a server, and read one."""
    server = await asyncio.start_server(
        lambda *streams: greet("server", *streams),
        "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    reader, writer = await asyncio.open_connection(
        *address)
    writer.write(b"Ada\n")
    line = await reader.readline()
    print(line.decode(), end="")
    writer.close()
    await writer.wait_closed()
    server.close()


async def read_four(name, reader):
    """Want four bytes."""
    try:
        await reader.readexactly(4)
    except asyncio.IncompleteReadError as error:
        print("only", len(error.partial), "bytes came")


async def exact():
    """Want four bytes, and get three and the end."""
    reader = asyncio.StreamReader()
    reader.feed_data(b"abc")
    reader.feed_eof()
    await read_four("reader", reader)


async def slowly(name, reader):
    """Read, but not at once."""
    await asyncio.sleep(3 * TICK)
    await reader.read()


async def pour(name, writer):
    """Write much, then wait until there is room."""
    writer.write(bytes(1_000_000))  # does not wait
    print("the writer waits")
    await writer.drain()
    print("it was read")


async def backpressure():
    """Write what nobody reads yet, and wait."""
    here, there = socket.socketpair()
    reader, back = await asyncio.open_connection(
        sock=there)
    _, writer = await asyncio.open_connection(sock=here)
    task = asyncio.create_task(slowly("reader", reader))
    await pour("writer", writer)
    writer.close()
    await task
    back.close()


class Shout(asyncio.Protocol):
    """Answer all that comes in capitals."""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data.upper())


class Client(asyncio.Protocol):
    """Say hello, and hand on what comes."""

    def __init__(self, answered):
        self.answered = answered

    def connection_made(self, transport):
        transport.write(b"hello")

    def data_received(self, data):
        self.answered.set_result(data.decode())


async def protocols():
    """Have classes whose methods the loop calls."""
    loop = asyncio.get_running_loop()
    answered = loop.create_future()
    here, there = socket.socketpair()
    served, _ = await loop.create_connection(
        Shout, sock=there)
    client, _ = await loop.create_connection(
        lambda: Client(answered), sock=here)
    print(await answered)
    client.close()
    served.close()


class Peer(asyncio.DatagramProtocol):
    """Hand on what comes."""

    def __init__(self, received):
        self.received = received

    def datagram_received(self, data, address):
        self.received.set_result(data.decode())


async def peer(name, received):
    """Wait for a datagram."""
    print("received", await received)


async def datagrams():
    """Send a datagram to itself."""
    loop = asyncio.get_running_loop()
    received = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: Peer(received), ("127.0.0.1", 0))
    own = transport.get_extra_info("sockname")
    transport.sendto(b"ping", own)
    await peer("peer", received)
    transport.close()


async def child(name, text):
    """Have another program sort lines."""
    sort = await asyncio.create_subprocess_exec(
        "sort", stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE)
    out, _ = await sort.communicate(text.encode())
    print(out.decode(), end="")


async def process():
    """Have another program sort two lines."""
    await child("child", "pear\napple\n")


async def main_task(name, stopped):
    """Go on until the signal comes."""
    await stopped.wait()
    print("interrupted: time to stop")


async def signals():
    """Have an event that a signal sets."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, stopped.set)
    loop.call_later(2 * TICK, os.kill,
                    os.getpid(), signal.SIGINT)
    await main_task("main", stopped)
    loop.remove_signal_handler(signal.SIGINT)


async def pages():
    """Yield three pages, one after the other."""
    for n in range(3):
        await wait(f"page {n + 1}", TICK)
        yield n + 1


async def iterating():
    """Go over pages until it has enough."""
    async for page in pages():
        print("page", page)
        if page == 2:
            break


def fail(name):
    """Be a callback that raises."""
    raise RuntimeError("no answer")


def handle(loop, context):
    """Handle what nobody else does."""
    print("handler:", context["exception"])


async def unhandled():
    """Go on, though a callback raises."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handle)
    loop.call_later(2 * TICK, fail, "callback")
    await asyncio.sleep(2 * TICK)
    print("the program goes on")


async def read_pipe(name, reader, readable):
    """Read when the loop says that one can."""
    await readable.wait()
    print("read", os.read(reader, 1024).decode())


async def watch_file():
    """Read from a pipe when something is in it."""
    reader, writer = os.pipe()
    readable = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(reader, readable.set)
    loop.call_later(2 * TICK, os.write, writer, b"data")
    await read_pipe("reader", reader, readable)
    loop.remove_reader(reader)
    os.close(reader)
    os.close(writer)


async def look_up(name, host):
    """Ask for the addresses of a name."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(
        host, None, family=socket.AF_INET)
    address, _ = found[0][4]
    print(host, "is", address)


async def resolving():
    """Ask for the addresses of this machine."""
    await look_up("resolver", "localhost")


async def hello(name):
    """Say that it has begun, then wait."""
    print(name, "has begun")
    await asyncio.sleep(TICK)


async def eager():
    """Start a task later, and one at once."""
    task = asyncio.create_task(hello("later"))
    print("create_task has returned")
    await task
    if not hasattr(asyncio, "eager_task_factory"):
        print("eager tasks need Python 3.12")
        return
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(hello("at once"))
    print("create_task has returned")
    await task
    loop.set_task_factory(None)


PROGRAMS = [
    deadline, reschedule, first_done, as_they_come,
    shielded, callbacks, promise, cause, queueing,
    no_wait, priorities, draining, locking, broadcast,
    conditions, limiting, meeting, once, shared_map,
    reuse, context_values, names, dump, timers,
    from_thread, blocking, lines, exact, backpressure,
    protocols, datagrams, process, signals, iterating,
    unhandled, watch_file, resolving, eager,
]


def main():
    """Time all; or some: dictionary.py once dump"""
    for program in PROGRAMS:
        name = program.__name__
        if sys.argv[1:] and name not in sys.argv:
            continue
        start = time.perf_counter()
        asyncio.run(program())
        seconds = time.perf_counter() - start
        print(f"{name} took {seconds:.2f} s\n")


if __name__ == "__main__":
    main()
