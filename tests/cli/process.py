"""What the CLI tests ask of a process."""

import time


def await_sleep(pid):
    """Wait until it waits, for the reader of a full pipe or for input, or has ended."""
    while open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()[0] not in 'SZ':
        time.sleep(0.01)


def child(pid):
    """The one child that it has, as strace has."""
    return int(open(f'/proc/{pid}/task/{pid}/children').read().split()[0])
