#!/usr/bin/env python3
"""fail-each: if any call of a kind fails, is the outcome right, or does a message say what is missing?

usage: fail-each.py LIBRARY KIND [--written NAME]... [--replaced NAME]... -- COMMAND...

First, COMMAND runs as it is; its outcome is the right one. Then it runs with the LIBRARY that fail.c
makes, in children of a process that starts once, which takes a fraction of the time: for each call of
KIND once so that this call fails, and once so that all calls from this one on fail. Each run has the right outcome, or status 2 and a message that says what ran out. Then standard
output, and each file that is --written to directly, is a beginning of the right one, up to the end
of a line (except in binary output); a file that is --replaced is the old one or the right one; and
there is no other file in the directory. FAIL_EVERY=N leaves out all calls but each N-th, for
sanitizers, with which a run takes long. Exits with 1 after the first other outcome, and with 77 if
the library does not see the command's calls.
"""
import argparse
import os
import select
import signal
import subprocess
import sys

SHORT = {'allocation': ('out of memory', 'Cannot allocate memory')}
BEFORE = b'what was there before\n'
BINARY = b'\x89', b'\xff'  # what binary output, and an Arrow stream, begin with: they have no lines
SECONDS = 60


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument('library')
    parser.add_argument('kind', choices=SHORT)
    parser.add_argument('--written', action='append', default=[])
    parser.add_argument('--replaced', action='append', default=[])
    parser.add_argument('command', nargs='+')
    return parser.parse_args()


class Server:
    """COMMAND, started once with the library, and run in children of that process."""
    def __init__(self, library, command):
        requests, self.requests = os.pipe()
        self.answers, answers = os.pipe()
        self.streams = [os.memfd_create(name) for name in ('stdout', 'stderr')]
        environment = dict(os.environ, LD_PRELOAD=library, FAIL_SERVER=f'{requests} {answers}')
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=self.streams[0],
            stderr=self.streams[1], pass_fds=(requests, answers), start_new_session=True)
        os.close(requests)
        os.close(answers)

    def run(self, request):
        """Status, standard output, standard error, and the number of calls; None without a server."""
        for stream in self.streams:
            os.ftruncate(stream, 0)
            os.lseek(stream, 0, os.SEEK_SET)
        os.write(self.requests, request.encode())
        if not select.select([self.answers], [], [], SECONDS)[0]:
            os.killpg(self.process.pid, signal.SIGKILL)
            sys.exit(f'fail-each: {request}: no end after {SECONDS} s')
        answer = os.read(self.answers, 100).split()
        if len(answer) != 2:
            return None
        texts = [os.pread(stream, os.fstat(stream).st_size, 0) for stream in self.streams]
        return os.waitstatus_to_exitcode(int(answer[0])), *texts, int(answer[1])


class Runs:
    def __init__(self, asked):
        self.asked = asked
        self.there = set(os.listdir())
        self.names = asked.written + asked.replaced
        self.server = Server(asked.library, asked.command)

    def write_names(self):
        for name in self.names:
            with open(name, 'wb') as file:
                file.write(BEFORE)

    def read_names(self):
        files = {}
        for name in self.names:
            with open(name, 'rb') as file:
                files[name] = file.read()
        return files

    def run(self):
        """Without the library: status, standard output, standard error, and what each file has then."""
        self.write_names()
        done = subprocess.run(self.asked.command, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=SECONDS)
        return done.returncode, done.stdout, done.stderr, self.read_names()

    def run_failing(self, fail):
        """The same if the call FAIL fails, and the number of calls."""
        self.write_names()
        done = self.server.run(f'{self.asked.kind}:{fail}')
        if not done:
            return None, 0
        *outcome, calls = done
        return (*outcome, self.read_names()), calls

    def wrong(self, right, got):
        """What is wrong with the outcome; None if nothing is."""
        left = set(os.listdir()) - self.there - set(self.names)
        if left:
            return f'left behind: {left}'
        if got == right:
            return None
        status, output, messages, files = got
        if status != 2:
            return f'status {status}, but not the right outcome: {got!r}'
        lines = messages.decode().splitlines()
        if not all(line.startswith('whorl: ') for line in lines):
            return f'messages: {messages!r}'
        if not any(text in line for line in lines for text in SHORT[self.asked.kind]):
            return f'no message of what ran out: {messages!r}'
        parts = [('output', right[1], output)]
        parts += [(name, right[3][name], files[name]) for name in self.asked.written
                  if files[name] != BEFORE]
        for what, whole, part in parts:
            if not whole.startswith(part) or (part[-1:] not in (b'', b'\n') and whole[:1] not in BINARY):
                return f'{what}: {part!r} is not how {whole!r} begins'
        for name in self.asked.replaced:
            if files[name] not in (BEFORE, right[3][name]):
                return f'{name}: {files[name]!r}'
        return None


def main():
    asked = options()
    runs = Runs(asked)
    right = runs.run()
    seen, calls = runs.run_failing('0')
    if not calls:
        sys.exit(77)
    if seen != right:
        sys.exit(f'fail-each: not the same twice: {seen!r} for {right!r}')
    missing = 0
    for number in range(1, calls + 1, int(os.environ.get("FAIL_EVERY", "1"))):
        for fail in (f'{number}', f'{number}+'):
            got, _ = runs.run_failing(fail)
            wrong = runs.wrong(right, got)
            if wrong:
                sys.exit(f'fail-each: {asked.kind}:{fail} of {calls}: {wrong}')
            missing += got != right
    print(f'{calls} calls; {missing} of {2 * calls} runs in which one or more failed had status 2')


if __name__ == '__main__':
    main()
