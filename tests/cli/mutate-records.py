"""mutate-records SEED COUNT: COUNT records like those on standard input, one per line.

Each is one of the records of the input. Most are changed a little: in a value, or at the boundary of
a member. Some are no longer JSON. The same arguments and input give the same output.
"""
import random
import re
import sys

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
VALUES = [b'0', b'12', b'123', b'1.5', b'-1e5', b'1e999', b'true', b'null', b'""', b'"text"',
          rb'"\u0061"', rb'"\ud800"', b'{}', b'[]', b'[1,2]', b'{"x":1}', b'{"x":1,"x":2}',
          b'{"error":"TypeError: x"}', b'{"value":1}', b'[{"y":{"z":[]}}]', b'"\xff"']


class Record:
    """The tokens of a record, and its members: the first token of each, and the one after it."""

    def __init__(self, line):
        self.tokens = TOKEN.findall(line)
        self.members, stack = [], []
        for at, token in enumerate(self.tokens):
            if token in (b'{', b'['):
                stack.append(at)
                continue
            start = stack.pop() if token in (b'}', b']') else at
            if start > 1 and self.tokens[start - 1] == b':':
                self.members.append((start - 2, at + 1))

    def cut(self, member):
        return self.tokens[member[0]:member[1]]

    def replace(self, start, end, tokens):
        self.tokens[start:end] = tokens


def value(record, member, rng):
    record.replace(member[0] + 2, member[1], [rng.choice(VALUES)])


def digit(record, member, rng):
    """Another letter or digit, at the end of the value's first token."""
    token = record.tokens[member[0] + 2]
    end = len(token) - 1 if token.endswith(b'"') else len(token)
    if token not in (b'{', b'['):
        record.tokens[member[0] + 2] = token[:end] + rng.choice([b'0', b'7']) + token[end:]


def delete(record, member, _):
    start, end = member
    if record.tokens[end:end + 1] == [b',']:
        end += 1
    elif record.tokens[start - 1:start] == [b',']:
        start -= 1
    record.replace(start, end, [])


def copy(record, member, rng):
    record.replace(member[0], member[0], record.cut(rng.choice(record.members)) + [b','])


def swap(record, member, rng):
    first, second = sorted([member, rng.choice(record.members)])
    if first[1] <= second[0]:
        one, other = record.cut(first), record.cut(second)
        record.replace(*second, one)
        record.replace(*first, other)


def add(record, member, rng):
    name = rng.choice([b'"added"', b'"error"', b'"value"', record.tokens[member[0]]])
    record.replace(member[1], member[1], [b',', name, b':', rng.choice(VALUES)])


def escape(record, member, _):
    name = record.tokens[member[0]]
    if len(name) > 2 and name[1:2].isalnum():
        record.tokens[member[0]] = b'"\\u%04x' % name[1] + name[2:]


def space(record, member, rng):
    at = rng.randrange(*member)
    record.tokens[at] = rng.choice([b' ', b'\t']) + record.tokens[at]


def nest(record, member, _):
    record.replace(member[1], member[1], [b'}'])
    record.replace(member[0] + 2, member[0] + 2, [b'{', b'"in"', b':'])


def truncate(record, member, _):
    record.replace(member[1], len(record.tokens), [])


WAYS = [value] * 6 + [digit] * 6 + [delete, copy, swap, add, escape, space, nest, truncate]


def main():
    rng = random.Random(int(sys.argv[1]))
    lines = sys.stdin.buffer.read().splitlines()
    for _ in range(int(sys.argv[2])):
        line = rng.choice(lines)
        for _ in range(rng.choice([0, 1, 1, 1, 2, 4])):
            record = Record(line)
            if record.members:
                rng.choice(WAYS)(record, rng.choice(record.members), rng)
            line = b''.join(record.tokens)
        sys.stdout.buffer.write(line + b'\n')


main()
