"""Tells what Python this is, and what keeps lessons from running on it.

Run as a program it says, behind the line that is its first argument, its
version and its path, and why asyncio cannot start if it cannot. With
more arguments it says instead why some of those modules cannot be had.
The harness imports it for what it knows of errors. Every Python since 2.7
can read this file.
"""

import os
import sys


def say(line):
    """Write to stdout itself, whatever sys.stdout is by now."""
    if not isinstance(line, bytes):
        line = os.fsencode(line)
    os.write(1, line + b"\n")


def hidden(error):
    """Which module of Python's own a learner's file hides, if one does."""
    listed = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    folders = set(os.path.realpath(folder) for folder in listed if folder)
    folders.discard(os.path.dirname(os.path.realpath(os.__file__)))
    files = [getattr(module, "__file__", None)
             for module in list(sys.modules.values())]
    files.append(getattr(error, "filename", None))
    traceback = error.__traceback__
    while traceback is not None:
        files.append(traceback.tb_frame.f_code.co_filename)
        traceback = traceback.tb_next
    for file in files:
        if not isinstance(file, str):
            continue
        folder, name = os.path.split(os.path.realpath(file))
        name = os.path.splitext(name)[0]
        if name == "__init__":
            folder, name = os.path.split(folder)
        if folder in folders and name in sys.stdlib_module_names:
            return ("%s, found through PYTHONPATH, hides Python's own %s"
                    % (file, name))
    return ""


def explained(error):
    """What the surroundings have to do with an error, or ""."""
    text = hidden(error)
    if text:
        return text
    name = (getattr(error, "name", None) or "").split(".")[0]
    if isinstance(error, ImportError) and name in sys.stdlib_module_names:
        return "this Python was built without %s" % name
    if "named semaphores" in str(error) or "sem_open" in str(error):
        return "this Python was built without semaphores for processes"
    traceback = error.__traceback__
    while traceback is not None:
        folder, file = os.path.split(traceback.tb_frame.f_code.co_filename)
        if (file == "synchronize.py"
                and os.path.basename(folder) == "multiprocessing"):
            return "there is no place for what processes share"
        traceback = traceback.tb_next
    return ""


def start_asyncio():
    """Start what every lesson needs, or say why it cannot."""
    try:
        import asyncio
        asyncio.Runner
        asyncio.SelectorEventLoop().close()
    except BaseException as error:
        say("fails: " + (explained(error) or "%s: %s" % (
            type(error).__name__, str(error).split("\n")[0])))
        os._exit(1)  # or what was half made would complain, too


def main():
    say("\n" + sys.argv[1])
    if len(sys.argv) > 2:
        for name in sys.argv[2:]:
            try:
                __import__(name)
                if name == "multiprocessing":
                    sys.modules[name].Lock()
            except Exception as error:
                say("lacks %s: %s" % (name, explained(error) or error))
        return
    say("%d.%d.%d" % sys.version_info[:3])
    say(sys.executable or "")
    if sys.version_info >= (3, 11):
        start_asyncio()


if __name__ == "__main__":
    main()
    os._exit(0)  # without what the site has to do at the end
