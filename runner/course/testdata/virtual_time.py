"""Runs variants of a lesson in virtual time and prints how long they took.

virtual_time.py FOLDER LESSON RUNS: RUNS is a JSON list of pairs, a variant and
its arguments. Time passes only while everything waits, or where time.sleep
blocks, so a sleep is exact and takes no time. The last line printed is a JSON
list of the seconds that passed.
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


def took(function, arguments):
    """Return the seconds that pass while function runs."""
    VirtualTimeLoop.now = 0.0
    accepted = inspect.signature(function).parameters
    arguments = {name: value for name, value in arguments.items()
                 if name in accepted}
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(function(**arguments))
        return round(VirtualTimeLoop.now, 6)


def main():
    folder, lesson, runs = sys.argv[1:]
    time.monotonic = lambda: VirtualTimeLoop.now
    time.sleep = sleep
    sys.path.insert(0, folder)
    module = importlib.import_module(lesson)
    print(json.dumps([took(getattr(module, variant), arguments)
                      for variant, arguments in json.loads(runs)]))


main()
