"""Prints Python's version, and the public names of asyncio, a line each, as
its documentation writes them: what the module offers, and the methods and
attributes of its classes, each with the class that has it first.
"""

import asyncio
import asyncio.subprocess
import sys
import warnings

CLASSES = """
    Runner TaskGroup Timeout Future Task Handle TimerHandle
    Queue Lock Event Condition Semaphore Barrier
    StreamReader StreamWriter subprocess.Process
    AbstractServer Server
    BaseTransport ReadTransport WriteTransport Transport
    DatagramTransport SubprocessTransport
    BaseProtocol Protocol BufferedProtocol DatagramProtocol
    SubprocessProtocol AbstractEventLoop
    AbstractEventLoopPolicy AbstractChildWatcher
""".split()
SHOWN = {"AbstractEventLoop": "loop", "AbstractServer": "Server",
         "subprocess.Process": "Process"}
CONSTANTS = "PIPE STDOUT DEVNULL Process".split()


def find(path):
    thing = asyncio
    for name in path.split("."):
        thing = getattr(thing, name, None)
    return thing


def main():
    warnings.simplefilter("ignore")
    names = {n for n in asyncio.__all__ if hasattr(asyncio, n)}
    names |= {"subprocess." + n for n in CONSTANTS}
    for path in CLASSES:
        cls = find(path)
        if cls is None:
            continue
        names.add(path)
        inherited = {n for base in cls.__mro__[1:] for n in vars(base)}
        for name in vars(cls):
            if path == "Task":  # which is a Future, and does not say so
                inherited = set(dir(asyncio.Future)) - {"cancel"}
            if not name.startswith("_") and name not in inherited:
                names.add(f"{SHOWN.get(path, path)}.{name}")
    print("%d.%d" % sys.version_info[:2])
    print("\n".join(sorted(names)))


main()
