"""What the CLI tests need to know about a process."""

import os
import subprocess
import time


def await_sleep(pid):
    """Wait until all its threads wait, as for the reader of a full pipe or for input, or it has
    ended."""
    def states():
        for thread in os.listdir(f'/proc/{pid}/task'):
            try:
                yield open(f'/proc/{pid}/task/{thread}/stat').read().rsplit(')', 1)[1].split()[0]
            except (FileNotFoundError, ProcessLookupError):
                pass
    while not all(state in 'SZ' for state in states()):
        time.sleep(0.01)


def start_unread(*arguments):
    """whorl with the test's catalog, when its output has filled a pipe that nobody reads: the
    process, the end to read, and what was read of it."""
    r, w = os.pipe()
    whorl = subprocess.Popen([os.environ['WHORL'], '--catalog', './test.catalog', '--select=values', *arguments],
                             stdout=w, stderr=subprocess.PIPE)
    os.close(w)
    got = bytearray(os.read(r, 1)) # which grows in place, where bytes would be copied
    await_sleep(whorl.pid)
    return whorl, r, got


def child(pid):
    """The one child that it has, as strace has."""
    return int(open(f'/proc/{pid}/task/{pid}/children').read().split()[0])
