#!/usr/bin/env python3
"""describe-lines.py LAYOUT LINES: has each value of the NDJSON LINES a column in the LAYOUT that
--describe=json wrote, of its type and in its order? Print the number of columns that were met."""
import json
import re
import sys

TYPES = {
    'text': lambda value: isinstance(value, str),
    'u64': lambda value: type(value) is int and 0 <= value < 2**64,
    'json': lambda value: True,
    'hash64': lambda value: re.fullmatch('[0-9a-f]{16}', value),
    'hash128': lambda value: re.fullmatch('[0-9a-f]{32}', value),
}


def token(name):
    return '/' + name.replace('~', '~0').replace('/', '~1')


def values(line):
    """The pointer and value of each member that is no object, and of the members of the others. A
    value of the record may be an object itself: those are one level down."""
    for name, value in line.items():
        if isinstance(value, dict) and name != 'id':
            for inner, what in value.items():
                yield token(name) + token(inner), what
        else:
            yield token(name), value


layout = json.load(open(sys.argv[1], encoding='utf-8'))
columns = {column['pointer']: (i, column) for i, column in enumerate(layout['columns'])}
assert len(columns) == len(layout['columns'])
met = set()
for text in open(sys.argv[2], encoding='utf-8'):
    last = -1
    for pointer, value in values(json.loads(text)):
        at, column = columns[pointer]
        assert at > last, pointer
        last = at
        met.add(pointer)
        array = value if 'count' in column else [value]
        assert len(array) == column.get('count', 1), pointer
        for one in array:
            assert column['null'] if one is None else TYPES[column['type']](one), pointer
print(len(met))
