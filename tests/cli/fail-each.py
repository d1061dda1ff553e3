#!/usr/bin/env python3
"""fail-each: if any call of a kind fails, is the outcome right, or does a message say what is missing?

usage: fail-each.py LIBRARY KIND [--written NAME]... [--replaced NAME]... -- COMMAND...

First, COMMAND runs as it is; its outcome is the right one. Then it runs with the LIBRARY that fail.c
makes: for each call of KIND once so that this call fails, and once so that all calls from this one on
fail. Each run has the right outcome, or status 2 and a message that says what ran out. Then standard
output, and each file that is --written to directly, is a beginning of the right one, up to the end
of a line (except in binary output); a file that is --replaced is the old one or the right one; and
there is no other file in the directory. Exits with 1 after the first other outcome, and with 77 if
the library does not see the command's calls.
"""
import argparse
import os
import subprocess
import sys

SHORT = {'allocation': ('out of memory', 'Cannot allocate memory')}
BEFORE = b'what was there before\n'
BINARY = b'\x89'
SECONDS = 60


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument('library')
    parser.add_argument('kind', choices=SHORT)
    parser.add_argument('--written', action='append', default=[])
    parser.add_argument('--replaced', action='append', default=[])
    parser.add_argument('command', nargs='+')
    return parser.parse_args()


class Runs:
    def __init__(self, asked):
        self.asked = asked
        self.there = set(os.listdir())
        self.names = asked.written + asked.replaced

    def run(self, fail=None, count=None):
        """Status, standard output, standard error, and what each file has then."""
        environment = dict(os.environ)
        if fail:
            environment.update(LD_PRELOAD=self.asked.library, FAIL=f'{self.asked.kind}:{fail}')
        if count:
            environment['FAIL_COUNT'] = count
        for name in self.names:
            with open(name, 'wb') as file:
                file.write(BEFORE)
        done = subprocess.run(self.asked.command, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=SECONDS)
        files = {}
        for name in self.names:
            with open(name, 'rb') as file:
                files[name] = file.read()
        return done.returncode, done.stdout, done.stderr, files

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
            if not whole.startswith(part) or (part[-1:] not in (b'', b'\n') and whole[:1] != BINARY):
                return f'{what}: {part!r} is not how {whole!r} begins'
        for name in self.asked.replaced:
            if files[name] not in (BEFORE, right[3][name]):
                return f'{name}: {files[name]!r}'
        return None


def main():
    asked = options()
    runs = Runs(asked)
    right = runs.run()
    counted = os.path.abspath('fail-count')
    runs.there.add('fail-count')
    seen = runs.run('0', counted)
    if seen != right:
        sys.exit(f'fail-each: not the same twice: {seen!r} for {right!r}')
    with open(counted, encoding='ascii') as file:
        calls = int(file.read())
    if not calls:
        sys.exit(77)
    missing = 0
    for number in range(1, calls + 1):
        for fail in (f'{number}', f'{number}+'):
            got = runs.run(fail)
            wrong = runs.wrong(right, got)
            if wrong:
                sys.exit(f'fail-each: {asked.kind}:{fail} of {calls}: {wrong}')
            missing += got != right
    print(f'{calls} calls; {missing} of {2 * calls} runs in which one or more failed had status 2')


if __name__ == '__main__':
    main()
