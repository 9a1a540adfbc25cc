"""Runs a lesson's variant in virtual time and prints how long it took.

virtual_time.py FOLDER LESSON VARIANT ARGUMENTS: time passes only while
everything waits, or where time.sleep blocks, so a sleep is exact and takes
no time. The last line printed is the seconds that passed.
"""

import asyncio
import importlib
import inspect
import json
import sys
import time


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    now = 0.0

    def __init__(self):
        super().__init__()
        select = self._selector.select

        def virtual_select(timeout):
            ready = select(timeout if timeout is None else 0)
            if timeout and not ready:
                VirtualTimeLoop.now += timeout
            return ready
        self._selector.select = virtual_select

    def time(self):
        return VirtualTimeLoop.now


def sleep(seconds):
    VirtualTimeLoop.now += seconds


def main():
    folder, lesson, variant, arguments = sys.argv[1:]
    time.monotonic = lambda: VirtualTimeLoop.now
    time.sleep = sleep
    sys.path.insert(0, folder)
    function = getattr(importlib.import_module(lesson), variant)
    accepted = inspect.signature(function).parameters
    arguments = {name: value for name, value in json.loads(arguments).items()
                 if name in accepted}
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(function(**arguments))
        print(f"{VirtualTimeLoop.now:.6f}")


main()
